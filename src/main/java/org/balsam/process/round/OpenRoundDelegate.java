package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.COMMIT;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.OpenRound;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Pins the method version of the round. */
@Component
class OpenRoundDelegate extends UseCaseDelegate {

  private final OpenRound openRound;

  OpenRoundDelegate(OpenRound openRound) {
    this.openRound = openRound;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result = openRound.handle(new OpenRound.Command(round(execution)));
    COMMIT.set(execution, result.commit());
  }
}
