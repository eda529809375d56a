package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.CANCEL_REASON;
import static org.balsam.process.model.MlTrainingVariables.PROJECT;

import java.util.Map;
import org.balsam.kernel.TrainingId;
import org.balsam.process.engine.EngineAccess;
import org.balsam.process.engine.MessageCorrelation;
import org.balsam.usecase.model.TrainingProcess;
import org.balsam.usecase.model.TrainingTrigger;
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
  private final MessageCorrelation messages;

  TrainingProcessAdapter(
      @Lazy RuntimeService runtime, EngineAccess access, MessageCorrelation messages) {
    this.runtime = runtime;
    this.access = access;
    this.messages = messages;
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
    messages.send(
        CANCEL, "training " + training, training.value(), Map.of(CANCEL_REASON.name(), reason));
  }

  private void byMessage(String message, TrainingId training) {
    runtime
        .createMessageCorrelation(message)
        .processInstanceBusinessKey(training.value())
        .setVariable(PROJECT.name(), training.project().value())
        .correlateStartMessage();
  }
}
