package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.ResumeWorkspace;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Resume workspace</i>. */
@Component
class ResumeWorkspaceDelegate extends UseCaseDelegate {

  private final ResumeWorkspace resumeWorkspace;

  ResumeWorkspaceDelegate(ResumeWorkspace resumeWorkspace) {
    this.resumeWorkspace = resumeWorkspace;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    resumeWorkspace.handle(new ResumeWorkspace.Command(exploration(execution)));
  }
}
