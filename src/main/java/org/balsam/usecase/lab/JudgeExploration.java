package org.balsam.usecase.lab;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ExplorationId;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.gate.ResourceApproval;
import org.balsam.standard.gate.ResourceTable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks the table {@code resourceApproval} who approves an exploration. */
@Component
public class JudgeExploration {

  private final ExplorationRepository explorations;
  private final ResourceTable table;
  private final LabProperties properties;
  private final AuditTrail trail;

  JudgeExploration(
      ExplorationRepository explorations,
      ResourceTable table,
      LabProperties properties,
      AuditTrail trail) {
    this.explorations = explorations;
    this.table = table;
    this.properties = properties;
    this.trail = trail;
  }

  /**
   * What to judge.
   *
   * @param classification of the most sensitive data that it gets
   */
  public record Command(ExplorationId exploration, Classification classification) {}

  /** Who approves, and why. */
  public record Result(ResourceApproval approval, String reason) {}

  /** Judges it. */
  @Transactional
  public Result handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    var decision =
        table.decide(
            new ResourceTable.Request(
                exploration.hardware,
                exploration.network,
                command.classification,
                isWithinQuota(exploration)));
    exploration.approval = decision.approval();
    exploration.approvalReason = decision.reason();
    trail.record(
        AuditEntry.done("exploration.judged", exploration.project, exploration.id)
            .with("approval", decision.approval().value())
            .with("classification", command.classification.value())
            .because(decision.reason()));
    return new Result(decision.approval(), decision.reason());
  }

  /** Itself counted. */
  private boolean isWithinQuota(ExplorationEntity exploration) {
    var unfinished = explorations.unfinished(exploration.explorationId().project());
    var gpus = unfinished.stream().filter(one -> one.hardware == HardwareProfile.GPU).count();
    return unfinished.size() <= properties.openExplorations()
        && (exploration.hardware != HardwareProfile.GPU || gpus <= properties.gpus());
  }
}
