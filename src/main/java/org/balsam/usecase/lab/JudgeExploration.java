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
  private final WorkspaceQuotas quotas;
  private final AuditTrail trail;

  JudgeExploration(
      ExplorationRepository explorations,
      ResourceTable table,
      WorkspaceQuotas quotas,
      AuditTrail trail) {
    this.explorations = explorations;
    this.table = table;
    this.quotas = quotas;
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
    var standing = quotas.before(exploration);
    var decision = table.decide(request(exploration, command.classification, standing));
    var reason = decision.reason() + usedUp(exploration, standing, decision.approval());
    exploration.approval = decision.approval();
    exploration.approvalReason = reason;
    trail.record(
        AuditEntry.done("exploration.judged", exploration.project, exploration.id)
            .with("approval", decision.approval().value())
            .with("classification", command.classification.value())
            .because(reason));
    return new Result(decision.approval(), reason);
  }

  private static ResourceTable.Request request(
      ExplorationEntity exploration,
      Classification classification,
      WorkspaceQuotas.Standing standing) {
    return new ResourceTable.Request(
        exploration.hardware,
        exploration.network,
        classification,
        standing.leavesWorkspace(),
        standing.leavesGpu());
  }

  /** Each quota that is used up: how much of it, what was asked, and who can raise it. */
  private static String usedUp(
      ExplorationEntity exploration, WorkspaceQuotas.Standing standing, ResourceApproval approval) {
    var said = new StringBuilder();
    if (!standing.leavesWorkspace()) {
      said.append(
          " The quota of workspaces of %s is used up: %d asked for or in use, %d allowed; this is one more, of size %s."
              .formatted(
                  exploration.project,
                  standing.workspaces(),
                  standing.workspaceQuota(),
                  exploration.hardware.value()));
    }
    if (!standing.leavesGpu() && exploration.hardware == HardwareProfile.GPU) {
      said.append(
          " The quota of workspaces with a GPU of %s is used up: %d asked for or in use, %d allowed; this is one more."
              .formatted(exploration.project, standing.gpus(), standing.gpuQuota()));
    }
    if (said.isEmpty()) {
      return "";
    }
    if (approval == ResourceApproval.OWNER) {
      said.append(
          " The owner of the project lets this one be made by the task Approve exploration.");
    }
    return said.append(
            " Administrators of the platform raise the quota (PUT /api/v1/projects/%s/workspace-quota)."
                .formatted(exploration.project))
        .toString();
  }
}
