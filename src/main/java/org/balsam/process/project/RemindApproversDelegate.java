package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.RemindApprovers;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remind approvers</i>. */
@Component
class RemindApproversDelegate extends UseCaseDelegate {

  private final RemindApprovers remindApprovers;

  RemindApproversDelegate(RemindApprovers remindApprovers) {
    this.remindApprovers = remindApprovers;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    remindApprovers.handle(new RemindApprovers.Command(project));
  }
}
