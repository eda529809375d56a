package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.RemoveWorkspace;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remove workspace</i>. */
@Component
class RemoveWorkspaceDelegate extends UseCaseDelegate {

  private final RemoveWorkspace removeWorkspace;

  RemoveWorkspaceDelegate(RemoveWorkspace removeWorkspace) {
    this.removeWorkspace = removeWorkspace;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    removeWorkspace.handle(new RemoveWorkspace.Command(exploration(execution)));
  }
}
