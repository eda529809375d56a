package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.CHANGED_PARAMETERS;
import static org.balsam.process.model.MlTrainingVariables.REFUSAL_REASON;
import static org.balsam.process.model.MlTrainingVariables.SUCCESSOR;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.RetrainModel;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Trains the model anew in the place of a refused candidate. */
@Component
class RetrainModelDelegate extends UseCaseDelegate {

  private final RetrainModel retrainModel;

  RetrainModelDelegate(RetrainModel retrainModel) {
    this.retrainModel = retrainModel;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result =
        retrainModel.handle(
            new RetrainModel.Command(
                training(execution),
                CHANGED_PARAMETERS.find(execution).orElse(""),
                REFUSAL_REASON.get(execution)));
    SUCCESSOR.set(execution, result.successor().value());
  }
}
