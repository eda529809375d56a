package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.RemoveAccess;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remove access</i>. */
@Component
class RemoveAccessDelegate extends UseCaseDelegate {

  private final RemoveAccess removeAccess;

  RemoveAccessDelegate(RemoveAccess removeAccess) {
    this.removeAccess = removeAccess;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    removeAccess.handle(new RemoveAccess.Command(project));
  }
}
