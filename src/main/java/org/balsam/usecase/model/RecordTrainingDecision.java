package org.balsam.usecase.model;

import java.time.Clock;
import org.balsam.audit.Refusals;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps a person's decision on a training for good, and refuses one that the facts do not allow.
 */
@Component
public class RecordTrainingDecision {

  private final TrainingRows rows;
  private final TrainingDecisionRepository decisions;
  private final TrainingDecisionRules rules;
  private final Refusals refusals;
  private final Clock clock;

  RecordTrainingDecision(
      TrainingRows rows,
      TrainingDecisionRepository decisions,
      TrainingDecisionRules rules,
      Refusals refusals,
      Clock clock) {
    this.rows = rows;
    this.decisions = decisions;
    this.rules = rules;
    this.refusals = refusals;
    this.clock = clock;
  }

  /**
   * What was decided.
   *
   * @param activity the BPMN element of the task
   * @param taskId the engine's id of the task; one task is decided once
   * @param evidence sha256 of the evidence that the person decided on; null before there is any
   * @param approval who the table says approves resources; null before it was asked
   * @param changedParameters {@code name=value} by commas, for the decision to change them
   */
  public record Command(
      TrainingId training,
      String activity,
      String taskId,
      String decision,
      @Nullable String reason,
      Actor actor,
      @Nullable String evidence,
      @Nullable String approval,
      @Nullable String changedParameters) {}

  /**
   * Keeps it; a task that is decided stays as it is.
   *
   * @throws Rejection EVIDENCE_CHANGED when the evidence is not the candidate's, REASON_REQUIRED
   *     for a waiver without text, WRONG_STATE when there is nothing to waive
   * @throws org.balsam.kernel.Forbidden when another role than quality waives, another than the
   *     table names approves resources, or who trained reviews or approves
   * @throws org.balsam.kernel.Invalid for parameters that the model does not declare
   */
  public void handle(Command command) {
    refusals.recorded(
        "training.decided",
        command.training.project(),
        command.training.value(),
        () -> {
          decide(command);
          return true;
        });
  }

  private void decide(Command command) {
    if (decisions.existsByTask(command.taskId)) {
      return;
    }
    rules.apply(command, rows.training(command.training));
    decisions.save(new TrainingDecisionEntity(command, clock.instant()));
  }
}
