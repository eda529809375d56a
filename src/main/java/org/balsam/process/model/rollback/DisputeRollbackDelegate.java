package org.balsam.process.model.rollback;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.DisputeRollback;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Dispute roll-back</i>. */
@Component
class DisputeRollbackDelegate extends UseCaseDelegate {

  private final DisputeRollback disputeRollback;

  DisputeRollbackDelegate(DisputeRollback disputeRollback) {
    this.disputeRollback = disputeRollback;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    disputeRollback.handle(new DisputeRollback.Command(ModelRollbackVariables.rollback(execution)));
  }
}
