package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.CreateChannel;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Create channel</i>. */
@Component
class CreateChannelDelegate extends UseCaseDelegate {

  private final CreateChannel createChannel;

  CreateChannelDelegate(CreateChannel createChannel) {
    this.createChannel = createChannel;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    createChannel.handle(new CreateChannel.Command(project));
  }
}
