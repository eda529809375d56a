package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.AbandonClosure;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Abandon closure</i>. */
@Component
class AbandonClosureDelegate extends UndoDelegate {

  private final AbandonClosure abandonClosure;

  AbandonClosureDelegate(AbandonClosure abandonClosure) {
    this.abandonClosure = abandonClosure;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    abandonClosure.handle(
        new AbandonClosure.Command(project, ProjectVariables.ABANDON_REASON.get(execution)));
  }
}
