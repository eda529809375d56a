package org.balsam.process.model.rollback;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.RestoreChampion;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Restore champion</i>. */
@Component
class RestoreChampionDelegate extends UseCaseDelegate {

  private final RestoreChampion restoreChampion;

  RestoreChampionDelegate(RestoreChampion restoreChampion) {
    this.restoreChampion = restoreChampion;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    restoreChampion.handle(new RestoreChampion.Command(ModelRollbackVariables.rollback(execution)));
    ModelRollbackVariables.APPROVAL_OPEN.set(execution, false);
  }
}
