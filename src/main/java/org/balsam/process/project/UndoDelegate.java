package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * A service task that undoes. A rejection stays an exception and fails the job: as a BPMN error it
 * would start the undoing again.
 */
abstract class UndoDelegate implements JavaDelegate {

  @Override
  public final void execute(DelegateExecution execution) {
    undo(new ProjectId(execution.getProcessBusinessKey()), execution);
  }

  abstract void undo(ProjectId project, DelegateExecution execution);
}
