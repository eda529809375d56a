package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.RUN;
import static org.balsam.process.round.StatisticalRoundVariables.STAGE;
import static org.balsam.process.round.StatisticalRoundVariables.STEP_COUNT;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.PlanStage;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Lays out the steps of one stage. */
@Component
class PlanStageDelegate extends UseCaseDelegate {

  private final PlanStage planStage;

  PlanStageDelegate(PlanStage planStage) {
    this.planStage = planStage;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result =
        planStage.handle(
            new PlanStage.Command(round(execution), RUN.get(execution), STAGE.get(execution)));
    STEP_COUNT.setLocal(execution, result.stepCount());
  }
}
