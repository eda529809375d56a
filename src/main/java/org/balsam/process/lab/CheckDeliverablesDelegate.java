package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.NEW_PRODUCTION;
import static org.balsam.process.lab.ExplorationVariables.TRANSFER_COMMIT;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.CheckDeliverables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Check deliverables</i>. */
@Component
class CheckDeliverablesDelegate extends UseCaseDelegate {

  private final CheckDeliverables checkDeliverables;

  CheckDeliverablesDelegate(CheckDeliverables checkDeliverables) {
    this.checkDeliverables = checkDeliverables;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var checked = checkDeliverables.handle(new CheckDeliverables.Command(exploration(execution)));
    TRANSFER_COMMIT.set(execution, checked.commit());
    NEW_PRODUCTION.set(execution, checked.isNew());
  }
}
