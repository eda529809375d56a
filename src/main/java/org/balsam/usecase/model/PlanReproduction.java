package org.balsam.usecase.model;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lays out the same training once more, from its record. */
@Component
public class PlanReproduction {

  private final TrainingRows rows;
  private final TrainedModels models;
  private final RunPlans plans;
  private final AuditTrail trail;

  PlanReproduction(TrainingRows rows, TrainedModels models, RunPlans plans, AuditTrail trail) {
    this.rows = rows;
    this.models = models;
    this.plans = plans;
    this.trail = trail;
  }

  /** What to plan. */
  public record Command(TrainingId training) {}

  /** The plan; runs count from 1. */
  public record Result(long run, long stageCount) {}

  /** Plans it. */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    var run = rows.next(training, TrainingRunEntity.Purpose.REPRODUCE);
    trail.record(
        AuditEntry.done("training.run.planned", training.project, training.id)
            .with("run", (long) run.number)
            .with("purpose", run.purpose.name()));
    return new Result(run.number, plans.stages(run, models.of(training)));
  }
}
