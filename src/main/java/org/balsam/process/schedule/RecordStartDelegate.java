package org.balsam.process.schedule;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Period;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.schedule.RecordStart;
import org.balsam.usecase.schedule.ScheduleId;
import org.balsam.usecase.schedule.StartOutcome;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Record start</i>. */
@Component
class RecordStartDelegate extends UseCaseDelegate {

  private final RecordStart recordStart;

  RecordStartDelegate(RecordStart recordStart) {
    this.recordStart = recordStart;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    recordStart.handle(
        new RecordStart.Command(
            ScheduleId.parse(execution.getProcessBusinessKey()),
            new Period(RoundScheduleVariables.PERIOD.get(execution)),
            outcome(execution),
            RoundScheduleVariables.START_REFUSAL_REASON.find(execution).orElse(null)));
    RoundScheduleVariables.START_REFUSAL.remove(execution);
    RoundScheduleVariables.START_REFUSAL_REASON.remove(execution);
  }

  private static StartOutcome outcome(DelegateExecution execution) {
    return RoundScheduleVariables.START_REFUSAL
        .find(execution)
        .map(
            code ->
                code.equals(ErrorCode.ALREADY_EXISTS.name())
                    ? StartOutcome.EXISTED
                    : StartOutcome.REFUSED)
        .orElse(StartOutcome.STARTED);
  }
}
