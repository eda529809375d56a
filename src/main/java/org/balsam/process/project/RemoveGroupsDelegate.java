package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.RemoveGroups;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remove groups</i>. */
@Component
class RemoveGroupsDelegate extends UndoDelegate {

  private final RemoveGroups removeGroups;

  RemoveGroupsDelegate(RemoveGroups removeGroups) {
    this.removeGroups = removeGroups;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    removeGroups.handle(new RemoveGroups.Command(project));
  }
}
