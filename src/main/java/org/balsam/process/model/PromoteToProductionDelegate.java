package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.EVIDENCE;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.PromoteToProduction;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Makes the approved candidate the champion. */
@Component
class PromoteToProductionDelegate extends UseCaseDelegate {

  private final PromoteToProduction promoteToProduction;

  PromoteToProductionDelegate(PromoteToProduction promoteToProduction) {
    this.promoteToProduction = promoteToProduction;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    promoteToProduction.handle(
        new PromoteToProduction.Command(training(execution), EVIDENCE.get(execution)));
  }
}
