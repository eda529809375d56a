package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.INPUT_SET;
import static org.balsam.process.model.MlTrainingVariables.RUN;
import static org.balsam.process.model.MlTrainingVariables.STAGE_COUNT;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.PlanTraining;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Lays out the next pass over all stages. */
@Component
class PlanTrainingDelegate extends UseCaseDelegate {

  private final PlanTraining planTraining;

  PlanTrainingDelegate(PlanTraining planTraining) {
    this.planTraining = planTraining;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result =
        planTraining.handle(
            new PlanTraining.Command(training(execution), INPUT_SET.get(execution)));
    RUN.set(execution, result.run());
    STAGE_COUNT.set(execution, result.stageCount());
  }
}
