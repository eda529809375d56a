package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.RejectProject;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Reject project</i>. */
@Component
class RejectProjectDelegate extends UseCaseDelegate {

  private final RejectProject rejectProject;

  RejectProjectDelegate(RejectProject rejectProject) {
    this.rejectProject = rejectProject;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    rejectProject.handle(
        new RejectProject.Command(project, ProjectVariables.APPROVAL_REASON.get(execution)));
  }
}
