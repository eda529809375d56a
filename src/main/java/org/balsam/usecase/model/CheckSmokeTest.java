package org.balsam.usecase.model;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.step.StepBook;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Demands that the registered bytes gave probabilities for the rows of the smoke test. */
@Component
public class CheckSmokeTest {

  private final TrainingRows rows;
  private final TrainedModels models;
  private final EvaluationSets sets;
  private final StepBook book;
  private final AuditTrail trail;

  CheckSmokeTest(
      TrainingRows rows,
      TrainedModels models,
      EvaluationSets sets,
      StepBook book,
      AuditTrail trail) {
    this.rows = rows;
    this.models = models;
    this.sets = sets;
    this.book = book;
    this.trail = trail;
  }

  /** What to check. */
  public record Command(TrainingId training, long run) {}

  /**
   * Checks it.
   *
   * @throws Rejection STEP_FAILED when the predictions are malformed
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var training = rows.training(command.training);
    var run = rows.run(command.training, command.run);
    CollectTraining.requireSuccess(book.steps(run.id));
    try {
      var predictions =
          sets.predictions(run.id, RunPlans.Scoring.CANDIDATE_TEST, models.of(training));
      trail.record(
          AuditEntry.done("training.smoke.tested", training.project, training.id)
              .with("candidate", String.valueOf(training.candidate))
              .with("rows", (long) predictions.size()));
    } catch (Invalid malformed) {
      throw new Rejection(
          ErrorCode.STEP_FAILED,
          "the registered model gives no usable predictions: " + malformed.getMessage());
    }
  }
}
