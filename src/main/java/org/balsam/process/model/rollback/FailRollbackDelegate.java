package org.balsam.process.model.rollback;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.FailRollback;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Fail roll-back</i>. */
@Component
class FailRollbackDelegate extends UseCaseDelegate {

  private final FailRollback failRollback;

  FailRollbackDelegate(FailRollback failRollback) {
    this.failRollback = failRollback;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    failRollback.handle(
        new FailRollback.Command(
            ModelRollbackVariables.rollback(execution),
            ModelRollbackVariables.FAILURE.get(execution)));
  }
}
