package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.CANCEL_REASON;
import static org.balsam.process.model.MlTrainingVariables.PROJECT;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.model.TrainingProcess;
import org.balsam.usecase.model.TrainingTrigger;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Starts the instance of {@code ml-training.bpmn} of a training and hands it messages. */
@Component
class TrainingProcessAdapter implements TrainingProcess {

  static final String DEFINITION = "mlTraining";
  private static final String CANCEL = "balsam.trainingCancelRequested";

  private final RuntimeService runtime;
  private final EngineAccess access;

  TrainingProcessAdapter(@Lazy RuntimeService runtime, EngineAccess access) {
    this.runtime = runtime;
    this.access = access;
  }

  @Override
  public void start(TrainingId training, TrainingTrigger trigger) {
    access.asSystem(
        () -> {
          switch (trigger) {
            case DRIFT -> byMessage("balsam.driftDetected", training);
            case DATA -> byMessage("balsam.trainingDataArrived", training);
            case PERSON, SCHEDULE ->
                runtime.startProcessInstanceByKey(DEFINITION, training.value());
          }
        });
  }

  @Override
  public void cancel(TrainingId training, String reason) {
    try {
      access.asSystem(() -> correlateCancel(training, reason));
    } catch (OptimisticLockingException wentOnMeanwhile) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "training " + training + " went on at this very moment; try again");
    }
  }

  private void correlateCancel(TrainingId training, String reason) {
    // asked first: a failed correlation would mark the caller's transaction for rollback
    var waiting =
        runtime
            .createExecutionQuery()
            .messageEventSubscriptionName(CANCEL)
            .processInstanceBusinessKey(training.value())
            .count();
    if (waiting == 0) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "the process of training " + training + " can no longer be cancelled");
    }
    runtime
        .createMessageCorrelation(CANCEL)
        .processInstanceBusinessKey(training.value())
        .setVariable(CANCEL_REASON.name(), reason)
        .correlate();
  }

  private void byMessage(String message, TrainingId training) {
    runtime
        .createMessageCorrelation(message)
        .processInstanceBusinessKey(training.value())
        .setVariable(PROJECT.name(), training.project().value())
        .correlateStartMessage();
  }
}
