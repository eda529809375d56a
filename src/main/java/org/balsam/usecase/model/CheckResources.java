package org.balsam.usecase.model;

import java.util.Arrays;
import java.util.Comparator;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Classification;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.compute.JobSpec;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.gate.ResourceTable;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks the table {@code resourceApproval} who approves what the steps of a training ask for. */
@Component
public class CheckResources {

  private final TrainingRows rows;
  private final TrainingRepository trainings;
  private final TrainedModels models;
  private final ResourceTable table;
  private final TrainingProperties properties;
  private final AuditTrail trail;

  CheckResources(
      TrainingRows rows,
      TrainingRepository trainings,
      TrainedModels models,
      ResourceTable table,
      TrainingProperties properties,
      AuditTrail trail) {
    this.rows = rows;
    this.trainings = trainings;
    this.models = models;
    this.table = table;
    this.properties = properties;
    this.trail = trail;
  }

  /**
   * What to check.
   *
   * @param classification of the project's data
   */
  public record Command(TrainingId training, Classification classification) {}

  /**
   * The answer.
   *
   * @param approval {@code none}, {@code owner}, {@code steward} or {@code refuse}
   * @param request what is asked for and why it needs approval, for people
   */
  public record Result(String approval, String request) {}

  /** Checks it. */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.training(command.training);
    var request = request(training, models.of(training), command.classification);
    var decision = table.decide(request);
    trail.record(
        AuditEntry.done("training.resources.checked", training.project, training.id)
            .with("hardware", request.hardware().value())
            .with("network", request.network().name().toLowerCase(java.util.Locale.ROOT))
            .with("classification", request.classification().value())
            .with("withinQuota", request.withinQuota())
            .with("approval", decision.approval().value()));
    return new Result(decision.approval().value(), words(request, decision.reason()));
  }

  private ResourceTable.Request request(
      TrainingEntity training, ProjectFile.Model model, Classification classification) {
    var hardware =
        model
            .steps()
            .map(step -> HardwareProfile.of(step.resources()))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    var network =
        model.steps().map(ProjectFile.Step::network).max(Comparator.naturalOrder()).orElseThrow();
    var withinGpuQuota = true; // that quota is of workspaces
    return new ResourceTable.Request(
        hardware, network, classification, withinQuota(training), withinGpuQuota);
  }

  private boolean withinQuota(TrainingEntity training) {
    var ended = Arrays.stream(TrainingState.values()).filter(TrainingState::ended).toList();
    return trainings.countByProjectAndStateNotIn(training.project, ended)
        <= properties.openPerProject();
  }

  private static String words(ResourceTable.Request request, String reason) {
    var network = request.network() == JobSpec.NetworkClass.OFFLINE ? "no network" : "network";
    return "Hardware %s, %s (%s), data %s, %s. %s"
        .formatted(
            request.hardware().value(),
            network,
            request.network().name().toLowerCase(java.util.Locale.ROOT),
            request.classification().value(),
            request.withinQuota()
                ? "within the quota of open trainings"
                : "above the quota of open trainings",
            reason);
  }
}
