package org.balsam.process.model.rollback;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.NotifyRollback;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Notify roll-back</i>. */
@Component
class NotifyRollbackDelegate extends UseCaseDelegate {

  private final NotifyRollback notifyRollback;

  NotifyRollbackDelegate(NotifyRollback notifyRollback) {
    this.notifyRollback = notifyRollback;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    notifyRollback.handle(new NotifyRollback.Command(ModelRollbackVariables.rollback(execution)));
  }
}
