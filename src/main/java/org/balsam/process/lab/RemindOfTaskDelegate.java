package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.exploration;

import java.util.Locale;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.RemindOfTask;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remind of …</i>. */
@Component
class RemindOfTaskDelegate extends UseCaseDelegate {

  private final RemindOfTask remindOfTask;

  RemindOfTaskDelegate(RemindOfTask remindOfTask) {
    this.remindOfTask = remindOfTask;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var task = execution.getCurrentActivityId().replaceFirst("^serviceTask_remindOf", "");
    var words = task.replaceAll("(?<!^)([A-Z])", " $1").toLowerCase(Locale.ROOT);
    remindOfTask.handle(new RemindOfTask.Command(exploration(execution), words));
  }
}
