package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.RejectClosure;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Reject closure</i>. */
@Component
class RejectClosureDelegate extends UseCaseDelegate {

  private final RejectClosure rejectClosure;

  RejectClosureDelegate(RejectClosure rejectClosure) {
    this.rejectClosure = rejectClosure;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    rejectClosure.handle(
        new RejectClosure.Command(project, ProjectVariables.APPROVAL_REASON.get(execution)));
  }
}
