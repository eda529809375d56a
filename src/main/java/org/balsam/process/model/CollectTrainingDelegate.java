package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.ARTEFACT;
import static org.balsam.process.model.MlTrainingVariables.OUTPUT_SET;
import static org.balsam.process.model.MlTrainingVariables.REPRODUCTION;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.CollectTraining;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Takes over what the training made. */
@Component
class CollectTrainingDelegate extends UseCaseDelegate {

  private final CollectTraining collectTraining;

  CollectTrainingDelegate(CollectTraining collectTraining) {
    this.collectTraining = collectTraining;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result = collectTraining.handle(new CollectTraining.Command(training(execution)));
    OUTPUT_SET.set(execution, result.outputSet());
    ARTEFACT.set(execution, result.artefact());
    REPRODUCTION.set(execution, result.reproduction());
  }
}
