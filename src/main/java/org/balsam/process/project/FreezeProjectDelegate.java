package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.FreezeProject;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Freeze project</i>. */
@Component
class FreezeProjectDelegate extends UseCaseDelegate {

  private final FreezeProject freezeProject;

  FreezeProjectDelegate(FreezeProject freezeProject) {
    this.freezeProject = freezeProject;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    freezeProject.handle(new FreezeProject.Command(project));
  }
}
