package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.RestoreAccess;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Restore access</i>. */
@Component
class RestoreAccessDelegate extends UndoDelegate {

  private final RestoreAccess restoreAccess;

  RestoreAccessDelegate(RestoreAccess restoreAccess) {
    this.restoreAccess = restoreAccess;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    restoreAccess.handle(new RestoreAccess.Command(project));
  }
}
