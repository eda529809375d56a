package org.balsam.process.schedule;

import org.balsam.kernel.Actor;
import org.balsam.kernel.Period;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.StartRound;
import org.balsam.usecase.round.Trigger;
import org.balsam.usecase.schedule.ScheduleId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Start round</i>. */
@Component
class StartRoundDelegate extends UseCaseDelegate {

  private final StartRound startRound;

  StartRoundDelegate(StartRound startRound) {
    this.startRound = startRound;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var schedule = ScheduleId.parse(execution.getProcessBusinessKey());
    startRound.handle(
        new StartRound.Command(
            schedule.project(),
            new Period(RoundScheduleVariables.PERIOD.get(execution)),
            null,
            Trigger.SCHEDULE,
            Actor.schedule(schedule.value()),
            null));
  }
}
