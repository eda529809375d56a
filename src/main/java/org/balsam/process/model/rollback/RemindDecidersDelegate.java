package org.balsam.process.model.rollback;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.RemindDeciders;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remind deciders</i>. */
@Component
class RemindDecidersDelegate extends UseCaseDelegate {

  private final RemindDeciders remindDeciders;

  RemindDecidersDelegate(RemindDeciders remindDeciders) {
    this.remindDeciders = remindDeciders;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    remindDeciders.handle(new RemindDeciders.Command(ModelRollbackVariables.rollback(execution)));
  }
}
