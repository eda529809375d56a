package org.balsam.process.model.rollback;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.RollBackModel;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Roll back model</i>. */
@Component
class RollBackModelDelegate extends UseCaseDelegate {

  private final RollBackModel rollBackModel;

  RollBackModelDelegate(RollBackModel rollBackModel) {
    this.rollBackModel = rollBackModel;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    rollBackModel.handle(new RollBackModel.Command(ModelRollbackVariables.rollback(execution)));
  }
}
