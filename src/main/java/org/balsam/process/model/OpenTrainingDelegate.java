package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.COMMIT;
import static org.balsam.process.model.MlTrainingVariables.INPUT_SET;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.OpenTraining;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Pins what determines the training. */
@Component
class OpenTrainingDelegate extends UseCaseDelegate {

  private final OpenTraining openTraining;

  OpenTrainingDelegate(OpenTraining openTraining) {
    this.openTraining = openTraining;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result = openTraining.handle(new OpenTraining.Command(training(execution)));
    COMMIT.set(execution, result.commit());
    INPUT_SET.set(execution, result.inputSet());
  }
}
