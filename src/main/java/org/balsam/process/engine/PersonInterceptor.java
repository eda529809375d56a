package org.balsam.process.engine;

import java.util.List;
import java.util.function.Supplier;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditEntry.Outcome;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.HistoricProcessInstanceQueryImpl;
import org.camunda.bpm.engine.impl.HistoricTaskInstanceQueryImpl;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AddCommentCmd;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every engine command of an authenticated person, outside the transaction: lets only
 * {@link PersonCommands} through, and records every refusal, but no forgotten answers, after the
 * transaction is rolled back. What models do inside a command is not a person's command.
 */
final class PersonInterceptor extends CommandInterceptor {

  private final ProcessEngineConfigurationImpl engine;
  private final Supplier<AuditTrail> audit;

  PersonInterceptor(ProcessEngineConfigurationImpl engine, Supplier<AuditTrail> audit) {
    this.engine = engine;
    this.audit = audit;
  }

  @Override
  public <T> T execute(Command<T> command) {
    return command instanceof StartProcessInstanceCmd ? start(command) : guarded(command);
  }

  private <T> T start(Command<T> command) {
    var builder =
        (ProcessInstantiationBuilderImpl) CommandFields.read(command, "instantiationBuilder");
    ProjectTenants.starting(builder == null ? null : builder.getBusinessKey());
    try {
      return guarded(command);
    } finally {
      ProjectTenants.starting(null);
    }
  }

  private <T> T guarded(Command<T> command) {
    if (Context.getCommandContext() != null) {
      return next.execute(command);
    }
    var person = engine.getIdentityService().getCurrentAuthentication();
    try {
      return person == null ? next.execute(command) : asPerson(command, person);
    } catch (RuntimeException failure) {
      var reason = person == null ? Refused.in(failure) : refusal(failure);
      if (reason == null) {
        throw failure;
      }
      if (!Forgotten.isIn(failure)) {
        record(command, reason);
      }
      throw EngineRoute.isServed() ? translated(command, reason) : reason;
    }
  }

  private <T> T asPerson(Command<T> command, Authentication person) {
    var groups = person.getGroupIds() == null ? List.<String>of() : person.getGroupIds();
    var isAdministrator = groups.contains(Actor.PLATFORM_ADMINISTRATORS);
    if (!PersonCommands.isAllowed(command, isAdministrator)) {
      throw new Forbidden(
          "'"
              + person.getUserId()
              + "' may not do this in the engine ("
              + name(command)
              + "); processes are driven by their models and by Balsam's API");
    }
    if (PersonCommands.isUnchecked(command) && !isVisible(command)) {
      throw new NotFound("there is no such task or process instance");
    }
    if (command instanceof AddCommentCmd && !isAdministrator && !worksOn(command, groups)) {
      throw new Forbidden(
          "'" + person.getUserId() + "' reads everything of the project and changes nothing");
    }
    if (PersonCommands.isIntervention(command)) {
      audit
          .get()
          .recordSeparately(
              AuditEntry.done("engine.intervention", null, null)
                  .outcome(Outcome.ATTEMPTED)
                  .with("command", name(command)));
    }
    return next.execute(checkedAssignment(command, person.getUserId(), isAdministrator));
  }

  /** People take and give back tasks for themselves; administrators may hand them to others. */
  @SuppressWarnings("unchecked")
  private <T> Command<T> checkedAssignment(
      Command<T> command, String person, boolean isAdministrator) {
    if (!(command instanceof AssignTaskCmd) && !(command instanceof ClaimTaskCmd)) {
      return command;
    }
    var task = CommandFields.text(command, "taskId");
    var assignee = CommandFields.text(command, "userId");
    if (isAdministrator || person.equals(assignee)) {
      return command;
    }
    if (assignee == null && person.equals(assigneeOf(task))) {
      // giving back needs no more rights than claiming did
      return (Command<T>) new ClaimTaskCmd(task, null);
    }
    throw new Forbidden(
        "'"
            + person
            + "' may take tasks and give back their own; only a platform administrator may assign"
            + " the tasks of others");
  }

  private @Nullable String assigneeOf(@Nullable String task) {
    return next.execute(
        context -> {
          var found = task == null ? null : context.getTaskManager().findTaskById(task);
          return found == null ? null : found.getAssignee();
        });
  }

  private boolean isVisible(Command<?> command) {
    var task = CommandFields.optional(command, "taskId");
    if (task != null
        && next.execute(context -> new HistoricTaskInstanceQueryImpl().taskId(task).count()) == 0) {
      return false;
    }
    var instance = CommandFields.optional(command, "processInstanceId");
    return instance == null
        || next.execute(
                context ->
                    new HistoricProcessInstanceQueryImpl().processInstanceId(instance).count())
            > 0;
  }

  /** Whether the person has another role than auditor in the project of the task or instance. */
  private boolean worksOn(Command<?> command, List<String> groups) {
    var task = CommandFields.optional(command, "taskId");
    var instance = CommandFields.optional(command, "processInstanceId");
    var project =
        next.execute(
            context ->
                task == null
                    ? new HistoricProcessInstanceQueryImpl()
                        .processInstanceId(instance)
                        .singleResult()
                        .getTenantId()
                    : new HistoricTaskInstanceQueryImpl()
                        .taskId(task)
                        .singleResult()
                        .getTenantId());
    return groups.stream()
        .anyMatch(group -> group.startsWith(project + "/") && !group.equals(project + "/auditor"));
  }

  private void record(Command<?> command, BalsamException reason) {
    var action =
        reason.code() == ErrorCode.SEPARATION_OF_DUTIES ? "duties.refused" : "engine.refused";
    var task = CommandFields.optional(command, "taskId");
    var entry =
        AuditEntry.refused(action, null, null, reason.getMessage())
            .with("code", reason.code().code())
            .with("command", name(command));
    audit.get().recordSeparately(task == null ? entry : aboutTask(entry, task));
  }

  private AuditEntry aboutTask(AuditEntry entry, String task) {
    var execution =
        next.execute(
            context -> {
              var found = context.getTaskManager().findTaskById(task);
              return found == null || found.getExecution() == null
                  ? null
                  : new String[] {
                    found.getTenantId(),
                    found.getExecution().getProcessBusinessKey(),
                    found.getTaskDefinitionKey()
                  };
            });
    if (execution == null) {
      return entry.with("task", task);
    }
    var about =
        new AuditEntry(
            entry.action(),
            entry.outcome(),
            execution[0],
            execution[1],
            entry.reason(),
            entry.details());
    return about.with("task", task).with("activity", execution[2]);
  }

  /** Balsam's refusal, or the engine's own in Balsam's words. */
  private static @Nullable BalsamException refusal(RuntimeException failure) {
    var reason = Refused.in(failure);
    if (reason != null) {
      return reason;
    }
    if (failure instanceof AuthorizationException) {
      return new Forbidden(
          "your roles do not allow this; the owner of the project can change them", failure);
    }
    if (failure instanceof NullValueException
        && String.valueOf(failure.getMessage()).contains("Cannot find task with id")) {
      return new Rejection(
          ErrorCode.TASK_GONE, "the task is completed or cancelled; read the list again");
    }
    // the engine gives this one neither a type nor a code of its own
    return failure instanceof ProcessEngineException
            && String.valueOf(failure.getMessage()).contains("belongs to no authenticated tenant")
        ? new NotFound("there is no such task or process instance in your projects")
        : null;
  }

  /** As an exception for which the engine's REST resources have a fitting status. */
  private static RuntimeException translated(Command<?> command, BalsamException reason) {
    if (reason instanceof Forbidden || reason instanceof NotFound) {
      return new AuthorizationException(reason.getMessage());
    }
    return command instanceof CompleteTaskCmd || command instanceof SubmitTaskFormCmd
        ? new FormFieldValidationException(reason.getMessage(), reason.getMessage())
        : new BadUserRequestException(reason.getMessage());
  }

  private static String name(Command<?> command) {
    return command.getClass().getSimpleName();
  }
}
