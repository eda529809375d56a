package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.RestoreGroups;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Restore groups</i>. */
@Component
class RestoreGroupsDelegate extends UndoDelegate {

  private final RestoreGroups restoreGroups;

  RestoreGroupsDelegate(RestoreGroups restoreGroups) {
    this.restoreGroups = restoreGroups;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    restoreGroups.handle(new RestoreGroups.Command(project));
  }
}
