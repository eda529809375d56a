package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.SUSPENSION_REASON;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.SuspendWorkspace;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Suspend workspace</i>. */
@Component
class SuspendWorkspaceDelegate extends UseCaseDelegate {

  private final SuspendWorkspace suspendWorkspace;

  SuspendWorkspaceDelegate(SuspendWorkspace suspendWorkspace) {
    this.suspendWorkspace = suspendWorkspace;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    suspendWorkspace.handle(
        new SuspendWorkspace.Command(exploration(execution), SUSPENSION_REASON.get(execution)));
  }
}
