package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.CreateGroups;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Create groups</i>. */
@Component
class CreateGroupsDelegate extends UseCaseDelegate {

  private final CreateGroups createGroups;

  CreateGroupsDelegate(CreateGroups createGroups) {
    this.createGroups = createGroups;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    createGroups.handle(new CreateGroups.Command(project));
  }
}
