package org.balsam.usecase.model;

import java.util.ArrayList;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.step.StepBook;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lays out the steps of one stage of a run of a training. */
@Component
public class PlanTrainingStage {

  private final TrainingRows rows;
  private final TrainedModels models;
  private final RunPlans plans;
  private final StepBook book;

  PlanTrainingStage(TrainingRows rows, TrainedModels models, RunPlans plans, StepBook book) {
    this.rows = rows;
    this.models = models;
    this.plans = plans;
    this.book = book;
  }

  /**
   * What to plan.
   *
   * @param stage counts from 0
   */
  public record Command(TrainingId training, long run, long stage) {}

  /** How many steps the stage has; they run in parallel. */
  public record Result(long stepCount) {}

  /** Plans it; steps that are planned stay as they are. */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var run = rows.run(command.training, command.run);
    var model = models.of(rows.training(command.training));
    var stage = Math.toIntExact(command.stage);
    var verb = plans.declares(run, model, stage) ? "train" : "score";
    var planned = new ArrayList<StepBook.Planned>();
    for (var name : plans.steps(run, model, stage)) {
      var position = planned.size();
      var suffix = TrainingNumbers.suffix(run.id + "/" + stage + "/" + position);
      var job = new JobId(command.training.project() + "-" + verb + "-" + suffix);
      planned.add(new StepBook.Planned(job, run.id, stage, position, name, ""));
    }
    book.plan(planned);
    return new Result(planned.size());
  }
}
