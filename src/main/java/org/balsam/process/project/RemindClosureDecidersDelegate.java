package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.RemindClosureDeciders;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remind deciders</i>. */
@Component
class RemindClosureDecidersDelegate extends UseCaseDelegate {

  private final RemindClosureDeciders remindClosureDeciders;

  RemindClosureDecidersDelegate(RemindClosureDeciders remindClosureDeciders) {
    this.remindClosureDeciders = remindClosureDeciders;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    remindClosureDeciders.handle(new RemindClosureDeciders.Command(project));
  }
}
