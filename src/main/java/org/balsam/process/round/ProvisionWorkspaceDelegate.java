package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.INPUT_SET;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.ProvisionWorkspace;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Makes the workspace in which the round can be looked into. */
@Component
class ProvisionWorkspaceDelegate extends UseCaseDelegate {

  private final ProvisionWorkspace provisionWorkspace;

  ProvisionWorkspaceDelegate(ProvisionWorkspace provisionWorkspace) {
    this.provisionWorkspace = provisionWorkspace;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    provisionWorkspace.handle(
        new ProvisionWorkspace.Command(round(execution), INPUT_SET.get(execution)));
  }
}
