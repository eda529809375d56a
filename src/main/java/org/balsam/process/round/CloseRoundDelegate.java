package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.EVALUATION_DECISION;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.CloseRound;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Ends the published round; evaluated when the owner has answered. */
@Component
class CloseRoundDelegate extends UseCaseDelegate {

  private final CloseRound closeRound;

  CloseRoundDelegate(CloseRound closeRound) {
    this.closeRound = closeRound;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var evaluated = EVALUATION_DECISION.find(execution).isPresent();
    closeRound.handle(new CloseRound.Command(round(execution), evaluated));
  }
}
