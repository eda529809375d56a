package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.RUN;
import static org.balsam.process.model.MlTrainingVariables.SET_MANIFEST;
import static org.balsam.process.model.MlTrainingVariables.STAGE_COUNT;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.PlanEvaluation;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Lays out the scoring of candidate and champion. */
@Component
class PlanEvaluationDelegate extends UseCaseDelegate {

  private final PlanEvaluation planEvaluation;

  PlanEvaluationDelegate(PlanEvaluation planEvaluation) {
    this.planEvaluation = planEvaluation;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result =
        planEvaluation.handle(
            new PlanEvaluation.Command(training(execution), SET_MANIFEST.get(execution)));
    RUN.set(execution, result.run());
    STAGE_COUNT.set(execution, result.stageCount());
  }
}
