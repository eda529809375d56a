package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.RUN;
import static org.balsam.process.model.MlTrainingVariables.STAGE_COUNT;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.PlanReproduction;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Lays out the same training once more. */
@Component
class PlanReproductionDelegate extends UseCaseDelegate {

  private final PlanReproduction planReproduction;

  PlanReproductionDelegate(PlanReproduction planReproduction) {
    this.planReproduction = planReproduction;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result = planReproduction.handle(new PlanReproduction.Command(training(execution)));
    RUN.set(execution, result.run());
    STAGE_COUNT.set(execution, result.stageCount());
  }
}
