package org.balsam.process.engine;

import java.util.Map;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Judges the variables that a person sends with a task, inside the transaction and before the
 * engine sets them.
 */
final class SubmissionInterceptor extends CommandInterceptor {

  private final TaskGuard guard;

  SubmissionInterceptor(TaskGuard guard) {
    this.guard = guard;
  }

  @Override
  public <T> T execute(Command<T> command) {
    if (command instanceof CompleteTaskCmd) {
      check(CommandFields.text(command, "taskId"), CommandFields.read(command, "variables"));
    } else if (command instanceof SubmitTaskFormCmd) {
      check(CommandFields.text(command, "taskId"), CommandFields.read(command, "properties"));
    }
    return next.execute(command);
  }

  @SuppressWarnings("unchecked")
  private void check(@Nullable String id, @Nullable Object variables) {
    var submitted = (Map<String, Object>) variables;
    if (id == null || submitted == null || submitted.isEmpty()) {
      return;
    }
    var context = Context.getCommandContext();
    var task = context.getTaskManager().findTaskById(id);
    if (task == null
        || task.getTaskDefinition() == null
        || !context.getTenantManager().isAuthenticatedTenant(task.getTenantId())) {
      return; // the command itself says no
    }
    context.runWithoutAuthorization(
        () -> {
          guard.submitted(task, TaskGuardListeners.rulesOf(task.getTaskDefinition()), submitted);
          return null;
        });
  }
}
