package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.CreateNamespace;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Create namespace</i>. */
@Component
class CreateNamespaceDelegate extends UseCaseDelegate {

  private final CreateNamespace createNamespace;

  CreateNamespaceDelegate(CreateNamespace createNamespace) {
    this.createNamespace = createNamespace;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    createNamespace.handle(new CreateNamespace.Command(project));
  }
}
