package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.WithdrawExploration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Withdraw exploration</i>. */
@Component
class WithdrawExplorationDelegate extends UseCaseDelegate {

  private final WithdrawExploration withdrawExploration;

  WithdrawExplorationDelegate(WithdrawExploration withdrawExploration) {
    this.withdrawExploration = withdrawExploration;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    withdrawExploration.handle(new WithdrawExploration.Command(exploration(execution)));
  }
}
