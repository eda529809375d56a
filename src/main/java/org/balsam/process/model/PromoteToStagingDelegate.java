package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.EVIDENCE;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.PromoteToStaging;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Puts the reviewed candidate into staging. */
@Component
class PromoteToStagingDelegate extends UseCaseDelegate {

  private final PromoteToStaging promoteToStaging;

  PromoteToStagingDelegate(PromoteToStaging promoteToStaging) {
    this.promoteToStaging = promoteToStaging;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    promoteToStaging.handle(
        new PromoteToStaging.Command(training(execution), EVIDENCE.get(execution)));
  }
}
