package org.balsam.process.schedule;

import org.balsam.kernel.Period;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.schedule.ScheduleId;
import org.balsam.usecase.schedule.TakeStart;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Take start</i>. */
@Component
class TakeStartDelegate extends UseCaseDelegate {

  private final TakeStart takeStart;

  TakeStartDelegate(TakeStart takeStart) {
    this.takeStart = takeStart;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var schedule = ScheduleId.parse(execution.getProcessBusinessKey());
    var taken = takeStart.handle(new TakeStart.Command(schedule));
    var period = taken.period();
    RoundScheduleVariables.START_DUE.set(execution, period.isPresent());
    RoundScheduleVariables.MODEL.set(
        execution, taken.model() == null ? null : taken.model().value());
    RoundScheduleVariables.PERIOD.set(execution, period.map(Period::value).orElse(null));
  }
}
