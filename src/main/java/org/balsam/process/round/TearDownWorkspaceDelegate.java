package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.TearDownWorkspace;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Removes the round's workspace. */
@Component
class TearDownWorkspaceDelegate extends UseCaseDelegate {

  private final TearDownWorkspace tearDownWorkspace;

  TearDownWorkspaceDelegate(TearDownWorkspace tearDownWorkspace) {
    this.tearDownWorkspace = tearDownWorkspace;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    tearDownWorkspace.handle(new TearDownWorkspace.Command(round(execution)));
  }
}
