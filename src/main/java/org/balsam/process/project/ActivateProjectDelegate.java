package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.ActivateProject;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Activate project</i>. */
@Component
class ActivateProjectDelegate extends UseCaseDelegate {

  private final ActivateProject activateProject;

  ActivateProjectDelegate(ActivateProject activateProject) {
    this.activateProject = activateProject;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    activateProject.handle(new ActivateProject.Command(project));
  }
}
