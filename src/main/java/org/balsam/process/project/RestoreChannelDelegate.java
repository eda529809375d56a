package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.RestoreChannel;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Restore channel</i>. */
@Component
class RestoreChannelDelegate extends UndoDelegate {

  private final RestoreChannel restoreChannel;

  RestoreChannelDelegate(RestoreChannel restoreChannel) {
    this.restoreChannel = restoreChannel;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    restoreChannel.handle(new RestoreChannel.Command(project));
  }
}
