package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.CHECK_AT;
import static org.balsam.process.lab.ExplorationVariables.IDLE;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import java.util.Date;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.CheckActivity;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Check activity</i>. */
@Component
class CheckActivityDelegate extends UseCaseDelegate {

  private final CheckActivity checkActivity;

  CheckActivityDelegate(CheckActivity checkActivity) {
    this.checkActivity = checkActivity;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var checked = checkActivity.handle(new CheckActivity.Command(exploration(execution)));
    IDLE.set(execution, checked.idle());
    CHECK_AT.set(execution, Date.from(checked.checkAt()));
  }
}
