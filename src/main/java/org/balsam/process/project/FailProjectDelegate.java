package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.FailProject;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Fail project</i>. */
@Component
class FailProjectDelegate extends UndoDelegate {

  private final FailProject failProject;

  FailProjectDelegate(FailProject failProject) {
    this.failProject = failProject;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    failProject.handle(new FailProject.Command(project, ProjectVariables.FAILURE.get(execution)));
  }
}
