package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.RemoveRepository;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remove repository</i>. */
@Component
class RemoveRepositoryDelegate extends UndoDelegate {

  private final RemoveRepository removeRepository;

  RemoveRepositoryDelegate(RemoveRepository removeRepository) {
    this.removeRepository = removeRepository;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    removeRepository.handle(new RemoveRepository.Command(project));
  }
}
