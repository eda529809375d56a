package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.WriteWelcomePage;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Write welcome page</i>. */
@Component
class WriteWelcomePageDelegate extends UseCaseDelegate {

  private final WriteWelcomePage writeWelcomePage;

  WriteWelcomePageDelegate(WriteWelcomePage writeWelcomePage) {
    this.writeWelcomePage = writeWelcomePage;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    writeWelcomePage.handle(new WriteWelcomePage.Command(project));
  }
}
