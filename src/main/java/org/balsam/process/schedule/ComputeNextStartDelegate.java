package org.balsam.process.schedule;

import java.util.Date;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.schedule.ComputeNextStart;
import org.balsam.usecase.schedule.ScheduleId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Compute next start</i>. */
@Component
class ComputeNextStartDelegate extends UseCaseDelegate {

  private final ComputeNextStart computeNextStart;

  ComputeNextStartDelegate(ComputeNextStart computeNextStart) {
    this.computeNextStart = computeNextStart;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var schedule = ScheduleId.parse(execution.getProcessBusinessKey());
    var result = computeNextStart.handle(new ComputeNextStart.Command(schedule));
    RoundScheduleVariables.SCHEDULE_STATE.set(execution, result.state().value());
    var next = result.nextStart();
    RoundScheduleVariables.NEXT_START.set(execution, next == null ? null : Date.from(next));
  }
}
