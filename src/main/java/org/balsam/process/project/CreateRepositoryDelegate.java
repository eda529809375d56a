package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.CreateRepository;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Create repository</i>. */
@Component
class CreateRepositoryDelegate extends UseCaseDelegate {

  private final CreateRepository createRepository;

  CreateRepositoryDelegate(CreateRepository createRepository) {
    this.createRepository = createRepository;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    createRepository.handle(new CreateRepository.Command(project));
  }
}
