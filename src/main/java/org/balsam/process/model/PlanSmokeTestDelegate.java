package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.RUN;
import static org.balsam.process.model.MlTrainingVariables.STAGE_COUNT;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.PlanSmokeTest;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Lays out the smoke test. */
@Component
class PlanSmokeTestDelegate extends UseCaseDelegate {

  private final PlanSmokeTest planSmokeTest;

  PlanSmokeTestDelegate(PlanSmokeTest planSmokeTest) {
    this.planSmokeTest = planSmokeTest;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result = planSmokeTest.handle(new PlanSmokeTest.Command(training(execution)));
    RUN.set(execution, result.run());
    STAGE_COUNT.set(execution, result.stageCount());
  }
}
