package org.balsam.process.model.rollback;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.CompleteRollback;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Complete roll-back</i>. */
@Component
class CompleteRollbackDelegate extends UseCaseDelegate {

  private final CompleteRollback completeRollback;

  CompleteRollbackDelegate(CompleteRollback completeRollback) {
    this.completeRollback = completeRollback;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    completeRollback.handle(
        new CompleteRollback.Command(ModelRollbackVariables.rollback(execution)));
  }
}
