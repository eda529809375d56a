package org.balsam.process.task;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.task.EscalateTask;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Reminds of a task whose due date has passed. Which one says the element: {@code
 * serviceTask_escalateConfirmInputs} escalates {@code userTask_confirmInputs}.
 */
@Component
class EscalateTaskDelegate extends UseCaseDelegate {

  private static final String PREFIX = "serviceTask_escalate";

  private final EscalateTask escalateTask;

  EscalateTaskDelegate(EscalateTask escalateTask) {
    this.escalateTask = escalateTask;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var element = execution.getCurrentActivityId();
    if (!element.startsWith(PREFIX)) {
      throw new IllegalStateException("'" + element + "' does not begin with '" + PREFIX + "'");
    }
    var task = StringUtils.uncapitalize(element.substring(PREFIX.length()));
    escalateTask.handle(
        new EscalateTask.Command(
            new ProjectId(execution.getTenantId()),
            execution.getProcessBusinessKey(),
            "userTask_" + task));
  }
}
