package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.RestoreNamespace;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Restore namespace</i>. */
@Component
class RestoreNamespaceDelegate extends UndoDelegate {

  private final RestoreNamespace restoreNamespace;

  RestoreNamespaceDelegate(RestoreNamespace restoreNamespace) {
    this.restoreNamespace = restoreNamespace;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    restoreNamespace.handle(new RestoreNamespace.Command(project));
  }
}
