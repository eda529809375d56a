package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.APPROVAL_REASON;
import static org.balsam.process.lab.ExplorationVariables.REFUSAL;
import static org.balsam.process.lab.ExplorationVariables.RESOURCE_REASON;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.RefuseExploration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Refuse exploration</i>. */
@Component
class RefuseExplorationDelegate extends UseCaseDelegate {

  private final RefuseExploration refuseExploration;

  RefuseExplorationDelegate(RefuseExploration refuseExploration) {
    this.refuseExploration = refuseExploration;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var reason =
        REFUSAL
            .find(execution)
            .or(() -> APPROVAL_REASON.find(execution))
            .orElseGet(() -> RESOURCE_REASON.get(execution));
    refuseExploration.handle(new RefuseExploration.Command(exploration(execution), reason));
  }
}
