package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.COMMIT;
import static org.balsam.process.round.StatisticalRoundVariables.INPUT_SET;
import static org.balsam.process.round.StatisticalRoundVariables.RUN;
import static org.balsam.process.round.StatisticalRoundVariables.STAGE_COUNT;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.PlanRun;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Lays out the next run of all steps. */
@Component
class PlanRunDelegate extends UseCaseDelegate {

  private final PlanRun planRun;

  PlanRunDelegate(PlanRun planRun) {
    this.planRun = planRun;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result = planRun.handle(new PlanRun.Command(round(execution), INPUT_SET.get(execution)));
    RUN.set(execution, result.run());
    STAGE_COUNT.set(execution, result.stageCount());
    COMMIT.set(execution, result.commit());
  }
}
