package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.RemoveNamespace;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remove namespace</i>. */
@Component
class RemoveNamespaceDelegate extends UndoDelegate {

  private final RemoveNamespace removeNamespace;

  RemoveNamespaceDelegate(RemoveNamespace removeNamespace) {
    this.removeNamespace = removeNamespace;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    removeNamespace.handle(new RemoveNamespace.Command(project));
  }
}
