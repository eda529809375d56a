package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.ReleaseIdentifiers;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Release identifiers</i>. */
@Component
class ReleaseIdentifiersDelegate extends UndoDelegate {

  private final ReleaseIdentifiers releaseIdentifiers;

  ReleaseIdentifiersDelegate(ReleaseIdentifiers releaseIdentifiers) {
    this.releaseIdentifiers = releaseIdentifiers;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    releaseIdentifiers.handle(new ReleaseIdentifiers.Command(project));
  }
}
