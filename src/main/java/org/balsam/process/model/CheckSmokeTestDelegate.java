package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.RUN;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.CheckSmokeTest;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Demands usable predictions of the registered bytes. */
@Component
class CheckSmokeTestDelegate extends UseCaseDelegate {

  private final CheckSmokeTest checkSmokeTest;

  CheckSmokeTestDelegate(CheckSmokeTest checkSmokeTest) {
    this.checkSmokeTest = checkSmokeTest;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    checkSmokeTest.handle(new CheckSmokeTest.Command(training(execution), RUN.get(execution)));
  }
}
