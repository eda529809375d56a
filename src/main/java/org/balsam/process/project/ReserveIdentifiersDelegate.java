package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.ReserveIdentifiers;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Reserve identifiers</i>. */
@Component
class ReserveIdentifiersDelegate extends UseCaseDelegate {

  private final ReserveIdentifiers reserveIdentifiers;

  ReserveIdentifiersDelegate(ReserveIdentifiers reserveIdentifiers) {
    this.reserveIdentifiers = reserveIdentifiers;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    reserveIdentifiers.handle(new ReserveIdentifiers.Command(project));
  }
}
