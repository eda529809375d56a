package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.training;
import static org.balsam.process.model.RunTrainingStagesVariables.RUN;
import static org.balsam.process.model.RunTrainingStagesVariables.STAGE;
import static org.balsam.process.model.RunTrainingStagesVariables.STEP_COUNT;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.PlanTrainingStage;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Lays out the steps of one stage. */
@Component
class PlanTrainingStageDelegate extends UseCaseDelegate {

  private final PlanTrainingStage planTrainingStage;

  PlanTrainingStageDelegate(PlanTrainingStage planTrainingStage) {
    this.planTrainingStage = planTrainingStage;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result =
        planTrainingStage.handle(
            new PlanTrainingStage.Command(
                training(execution), RUN.get(execution), STAGE.get(execution)));
    STEP_COUNT.setLocal(execution, result.stepCount());
  }
}
