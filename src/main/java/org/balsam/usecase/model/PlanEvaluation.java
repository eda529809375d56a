package org.balsam.usecase.model;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lays out the scoring of candidate and champion on the same frozen sets. */
@Component
public class PlanEvaluation {

  private final TrainingRows rows;
  private final TrainedModels models;
  private final RunPlans plans;
  private final ModelRegistry registry;
  private final TrainingPins pins;
  private final AuditTrail trail;

  PlanEvaluation(
      TrainingRows rows,
      TrainedModels models,
      RunPlans plans,
      ModelRegistry registry,
      TrainingPins pins,
      AuditTrail trail) {
    this.rows = rows;
    this.models = models;
    this.plans = plans;
    this.registry = registry;
    this.pins = pins;
    this.trail = trail;
  }

  /**
   * What to plan.
   *
   * @param setManifest reference of the manifest of the frozen sets
   */
  public record Command(TrainingId training, String setManifest) {}

  /** The plan; runs count from 1. */
  public record Result(long run, long stageCount) {}

  /**
   * Plans it, against the version that is champion now.
   *
   * @throws Rejection INPUTS_MISSING naming everything that is not pinned
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    training.setManifest = command.setManifest;
    requirePinned(training);
    var run = rows.next(training, TrainingRunEntity.Purpose.EVALUATE);
    training.champion =
        registry
            .alias(training.projectId(), training.modelName(), Alias.CHAMPION)
            .map(champion -> champion.id().value())
            .orElse(null);
    run.champion = training.champion;
    trail.record(
        AuditEntry.done("training.run.planned", training.project, training.id)
            .with("run", (long) run.number)
            .with("purpose", run.purpose.name())
            .with("champion", String.valueOf(run.champion)));
    return new Result(run.number, plans.stages(run, models.of(training)));
  }

  private void requirePinned(TrainingEntity training) {
    var missing = pins.of(training).missing();
    if (!missing.isEmpty()) {
      throw new Rejection(
          ErrorCode.INPUTS_MISSING,
          "training %s cannot be judged, because this is not pinned: %s"
              .formatted(training.id, String.join(", ", missing)));
    }
  }
}
