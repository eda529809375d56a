package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.CloseProject;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Close project</i>. */
@Component
class CloseProjectDelegate extends UseCaseDelegate {

  private final CloseProject closeProject;

  CloseProjectDelegate(CloseProject closeProject) {
    this.closeProject = closeProject;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    closeProject.handle(new CloseProject.Command(project));
  }
}
