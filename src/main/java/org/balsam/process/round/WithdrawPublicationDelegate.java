package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.WITHDRAW_REASON;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.WithdrawPublication;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Takes back what the round published. */
@Component
class WithdrawPublicationDelegate extends UseCaseDelegate {

  private final WithdrawPublication withdrawPublication;

  WithdrawPublicationDelegate(WithdrawPublication withdrawPublication) {
    this.withdrawPublication = withdrawPublication;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    withdrawPublication.handle(
        new WithdrawPublication.Command(round(execution), WITHDRAW_REASON.get(execution)));
  }
}
