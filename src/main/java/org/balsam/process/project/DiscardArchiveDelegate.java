package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.DiscardArchive;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Discard archive</i>. */
@Component
class DiscardArchiveDelegate extends UndoDelegate {

  private final DiscardArchive discardArchive;

  DiscardArchiveDelegate(DiscardArchive discardArchive) {
    this.discardArchive = discardArchive;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    discardArchive.handle(new DiscardArchive.Command(project));
  }
}
