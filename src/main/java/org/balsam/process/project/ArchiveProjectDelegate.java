package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.ArchiveProject;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Archive project</i>. */
@Component
class ArchiveProjectDelegate extends UseCaseDelegate {

  private final ArchiveProject archiveProject;

  ArchiveProjectDelegate(ArchiveProject archiveProject) {
    this.archiveProject = archiveProject;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    archiveProject.handle(new ArchiveProject.Command(project));
  }
}
