package org.balsam.process.model.rollback;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.RejectRollback;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Reject roll-back</i>. */
@Component
class RejectRollbackDelegate extends UseCaseDelegate {

  private final RejectRollback rejectRollback;

  RejectRollbackDelegate(RejectRollback rejectRollback) {
    this.rejectRollback = rejectRollback;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    rejectRollback.handle(new RejectRollback.Command(ModelRollbackVariables.rollback(execution)));
  }
}
