package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.AbandonProject;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Abandon project</i>. */
@Component
class AbandonProjectDelegate extends UndoDelegate {

  private final AbandonProject abandonProject;

  AbandonProjectDelegate(AbandonProject abandonProject) {
    this.abandonProject = abandonProject;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    abandonProject.handle(
        new AbandonProject.Command(project, ProjectVariables.ABANDON_REASON.get(execution)));
  }
}
