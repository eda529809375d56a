package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.GRANT_SET;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.OpenWorkspace;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Open workspace</i>. */
@Component
class OpenWorkspaceDelegate extends UseCaseDelegate {

  private final OpenWorkspace openWorkspace;

  OpenWorkspaceDelegate(OpenWorkspace openWorkspace) {
    this.openWorkspace = openWorkspace;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    openWorkspace.handle(
        new OpenWorkspace.Command(exploration(execution), GRANT_SET.get(execution)));
  }
}
