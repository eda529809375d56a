package org.balsam.process.schedule;

import java.util.Map;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.StartTraining;
import org.balsam.usecase.model.TrainingTrigger;
import org.balsam.usecase.schedule.ScheduleId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Start training</i>. */
@Component
class StartTrainingDelegate extends UseCaseDelegate {

  private final StartTraining startTraining;

  StartTrainingDelegate(StartTraining startTraining) {
    this.startTraining = startTraining;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var schedule = ScheduleId.parse(execution.getProcessBusinessKey());
    startTraining.handle(
        new StartTraining.Command(
            schedule.project(),
            new ModelName(RoundScheduleVariables.MODEL.get(execution)),
            new Period(RoundScheduleVariables.PERIOD.get(execution)),
            Map.of(),
            null,
            TrainingTrigger.SCHEDULE,
            Actor.schedule(schedule.value())));
  }
}
