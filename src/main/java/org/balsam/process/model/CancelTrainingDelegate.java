package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.CANCEL_REASON;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.CancelTraining;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Ends the training that its people no longer want. */
@Component
class CancelTrainingDelegate extends UseCaseDelegate {

  private final CancelTraining cancelTraining;

  CancelTrainingDelegate(CancelTraining cancelTraining) {
    this.cancelTraining = cancelTraining;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    cancelTraining.handle(
        new CancelTraining.Command(training(execution), CANCEL_REASON.get(execution)));
  }
}
