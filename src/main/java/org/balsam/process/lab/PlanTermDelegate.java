package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.ENDS_AT;
import static org.balsam.process.lab.ExplorationVariables.NEW_END_DATE;
import static org.balsam.process.lab.ExplorationVariables.REMIND_AT;
import static org.balsam.process.lab.ExplorationVariables.REQUEST_SUMMARY;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import java.util.Date;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.PlanTerm;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Plan term</i>. */
@Component
class PlanTermDelegate extends UseCaseDelegate {

  private final PlanTerm planTerm;

  PlanTermDelegate(PlanTerm planTerm) {
    this.planTerm = planTerm;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var term = planTerm.handle(new PlanTerm.Command(exploration(execution)));
    REMIND_AT.set(execution, Date.from(term.remindAt()));
    ENDS_AT.set(execution, Date.from(term.endsAt()));
    REQUEST_SUMMARY.set(execution, text(term.summary()));
    NEW_END_DATE.remove(execution);
  }
}
