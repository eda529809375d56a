package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.ElementProperties;
import org.balsam.usecase.model.EnterTrainingState;
import org.balsam.usecase.model.TrainingState;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/**
 * Notes the state that an element of the model stands for, its extension property {@code state}.
 */
@Component
class TrainingStateListener implements ExecutionListener {

  private final EnterTrainingState enterState;

  TrainingStateListener(EnterTrainingState enterState) {
    this.enterState = enterState;
  }

  @Override
  public void notify(DelegateExecution execution) {
    var state = new ElementProperties(execution).find("state").orElseThrow();
    enterState.handle(
        new EnterTrainingState.Command(training(execution), TrainingState.parse(state)));
  }
}
