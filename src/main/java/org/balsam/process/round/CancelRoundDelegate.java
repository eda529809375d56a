package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.CANCEL_REASON;
import static org.balsam.process.round.StatisticalRoundVariables.FAILURE_DECISION;
import static org.balsam.process.round.StatisticalRoundVariables.FAILURE_REASON;
import static org.balsam.process.round.StatisticalRoundVariables.INPUTS_REASON;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.CancelRound;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Ends the round before its release, for the reason of whoever decided so last. */
@Component
class CancelRoundDelegate extends UseCaseDelegate {

  private final CancelRound cancelRound;

  CancelRoundDelegate(CancelRound cancelRound) {
    this.cancelRound = cancelRound;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    cancelRound.handle(new CancelRound.Command(round(execution), reason(execution)));
  }

  private static String reason(DelegateExecution execution) {
    var requested = CANCEL_REASON.find(execution);
    if (requested.isPresent()) {
      return requested.get();
    }
    var afterFailure = FAILURE_DECISION.find(execution).filter("cancel"::equals).isPresent();
    return afterFailure ? FAILURE_REASON.get(execution) : INPUTS_REASON.get(execution);
  }
}
