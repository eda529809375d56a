package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.ArchiveWorkspace;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Archive workspace</i>. */
@Component
class ArchiveWorkspaceDelegate extends UseCaseDelegate {

  private final ArchiveWorkspace archiveWorkspace;

  ArchiveWorkspaceDelegate(ArchiveWorkspace archiveWorkspace) {
    this.archiveWorkspace = archiveWorkspace;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    archiveWorkspace.handle(new ArchiveWorkspace.Command(exploration(execution)));
  }
}
