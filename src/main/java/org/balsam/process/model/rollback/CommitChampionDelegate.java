package org.balsam.process.model.rollback;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.CommitChampion;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Commit champion</i>. */
@Component
class CommitChampionDelegate extends UseCaseDelegate {

  private final CommitChampion commitChampion;

  CommitChampionDelegate(CommitChampion commitChampion) {
    this.commitChampion = commitChampion;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    commitChampion.handle(new CommitChampion.Command(ModelRollbackVariables.rollback(execution)));
  }
}
