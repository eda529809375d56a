package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.FailClosure;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Fail closure</i>. */
@Component
class FailClosureDelegate extends UndoDelegate {

  private final FailClosure failClosure;

  FailClosureDelegate(FailClosure failClosure) {
    this.failClosure = failClosure;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    failClosure.handle(new FailClosure.Command(project, ProjectVariables.FAILURE.get(execution)));
  }
}
