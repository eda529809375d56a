package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.RemoveChannel;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remove channel</i>. */
@Component
class RemoveChannelDelegate extends UndoDelegate {

  private final RemoveChannel removeChannel;

  RemoveChannelDelegate(RemoveChannel removeChannel) {
    this.removeChannel = removeChannel;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    removeChannel.handle(new RemoveChannel.Command(project));
  }
}
