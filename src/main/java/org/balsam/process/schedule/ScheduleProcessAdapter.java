package org.balsam.process.schedule;

import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.schedule.ScheduleId;
import org.balsam.usecase.schedule.ScheduleProcess;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** Starts and wakes the instances of {@code roundSchedule}. */
@Component
class ScheduleProcessAdapter implements ScheduleProcess {

  private static final String PROCESS = "roundSchedule";

  private final EngineAccess engine;
  private final RuntimeService runtime;

  ScheduleProcessAdapter(EngineAccess engine, RuntimeService runtime) {
    this.engine = engine;
    this.runtime = runtime;
  }

  @Override
  public void start(ScheduleId schedule) {
    Map<String, Object> variables =
        Map.of(RoundScheduleVariables.PROJECT.name(), schedule.project().value());
    engine.asSystem(
        () -> {
          runtime.startProcessInstanceByKey(PROCESS, schedule.value(), variables);
        });
  }

  @Override
  public void pause(ScheduleId schedule) {
    wake(schedule, "balsam.schedulePaused");
  }

  @Override
  public void resume(ScheduleId schedule) {
    wake(schedule, "balsam.scheduleResumed");
  }

  @Override
  public void change(ScheduleId schedule) {
    wake(schedule, "balsam.scheduleChanged");
  }

  @Override
  public void end(ScheduleId schedule) {
    wake(schedule, "balsam.scheduleEnded");
  }

  private void wake(ScheduleId schedule, String message) {
    try {
      engine.asSystem(
          () ->
              runtime
                  .createExecutionQuery()
                  .processDefinitionKey(PROCESS)
                  .processInstanceBusinessKey(schedule.value())
                  .messageEventSubscriptionName(message)
                  .list()
                  .forEach(waiting -> runtime.messageEventReceived(message, waiting.getId())));
    } catch (OptimisticLockingException startedMeanwhile) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "the schedule " + schedule + " reached its start at this very moment; try again");
    }
  }
}
