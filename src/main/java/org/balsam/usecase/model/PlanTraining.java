package org.balsam.usecase.model;

import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.step.StepBook;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lays out the next pass over all stages of a model, on the frozen inputs. */
@Component
public class PlanTraining {

  private final TrainingRows rows;
  private final TrainingRunRepository runs;
  private final TrainedModels models;
  private final RunPlans plans;
  private final StepBook book;
  private final AuditTrail trail;

  PlanTraining(
      TrainingRows rows,
      TrainingRunRepository runs,
      TrainedModels models,
      RunPlans plans,
      StepBook book,
      AuditTrail trail) {
    this.rows = rows;
    this.runs = runs;
    this.models = models;
    this.plans = plans;
    this.book = book;
    this.trail = trail;
  }

  /**
   * What to plan.
   *
   * @param inputSet reference of the manifest of the frozen inputs
   */
  public record Command(TrainingId training, String inputSet) {}

  /** The plan; runs count from 1. */
  public record Result(long run, long stageCount) {}

  /**
   * Plans it. Jobs of earlier runs are stopped. A run of which nothing has begun is taken again
   * instead of making another.
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    training.inputSet = command.inputSet;
    var run = fresh(training).orElseGet(() -> next(training));
    return new Result(run.number, plans.stages(run, models.of(training)));
  }

  private Optional<TrainingRunEntity> fresh(TrainingEntity training) {
    return runs.findByTrainingOrderByNumberDesc(training.id, Limit.of(1)).stream()
        .filter(run -> run.purpose == TrainingRunEntity.Purpose.TRAIN)
        .filter(run -> run.parameters.equals(training.parameters))
        .filter(run -> !book.hasBegun(run.id))
        .findFirst();
  }

  private TrainingRunEntity next(TrainingEntity training) {
    book.stop(training.id);
    training.beginAnew();
    var run = rows.next(training, TrainingRunEntity.Purpose.TRAIN);
    training.trainRun = run.number;
    trail.record(
        AuditEntry.done("training.run.planned", training.project, training.id)
            .with("run", (long) run.number)
            .with("parameters", run.parameters)
            .with("seed", training.pinnedSeed())
            .with("inputs", training.inputs().sha256().value()));
    return run;
  }
}
