package org.balsam.process.engine;

import org.balsam.kernel.Actor;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ProjectId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Puts the guard on every user task of every model. Built-in listeners run before a model's own and
 * cannot be skipped by whoever modifies an instance.
 */
final class TaskGuardListeners extends AbstractBpmnParseListener {

  private final TaskGuard guard;
  private final TaskCompletions completions;
  private final ObjectProvider<StartGuard> starts;

  TaskGuardListeners(
      TaskGuard guard, TaskCompletions completions, ObjectProvider<StartGuard> starts) {
    this.starts = starts;
    this.guard = guard;
    this.completions = completions;
  }

  @Override
  public void parseProcess(Element element, ProcessDefinitionEntity definition) {
    definition.addBuiltInListener(
        ExecutionListener.EVENTNAME_START, (ExecutionListener) this::started);
  }

  @Override
  public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
    var definition =
        ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
    var listener = new Guarded(guard, TaskRules.of(element));
    definition.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, listener);
    definition.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, listener);
    definition.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, listener);
  }

  /** The rules that the parsed task carries. */
  static TaskRules rulesOf(TaskDefinition definition) {
    return definition.getBuiltinTaskListenersForEvent(TaskListener.EVENTNAME_COMPLETE).stream()
        .filter(Guarded.class::isInstance)
        .map(listener -> ((Guarded) listener).rules())
        .findFirst()
        .orElseThrow();
  }

  private void started(DelegateExecution execution) {
    refuseUnlessPermitted((ExecutionEntity) execution);
    var actor = CallContext.current().actor();
    if (actor.kind() == Actor.Kind.USER) {
      completions.add(Instance.of(execution), TaskCompletions.START, actor.id());
    }
  }

  /** What is called belongs to its caller, which was permitted. */
  private void refuseUnlessPermitted(ExecutionEntity instance) {
    if (instance.getSuperExecution() != null || instance.getTenantId() == null) {
      return;
    }
    try {
      starts.forEach(
          start ->
              start.starting(
                  instance.getProcessDefinition().getKey(), new ProjectId(instance.getTenantId())));
    } catch (BalsamException refusal) {
      throw new Refused(refusal);
    }
  }

  private record Guarded(TaskGuard guard, TaskRules rules) implements TaskListener {

    @Override
    public void notify(DelegateTask task) {
      switch (task.getEventName()) {
        case EVENTNAME_CREATE -> guard.created(task, rules);
        case EVENTNAME_ASSIGNMENT -> guard.assigned(task, rules);
        case EVENTNAME_COMPLETE -> guard.completed(task, rules, authenticated());
        default -> throw new IllegalStateException("not listened to: " + task.getEventName());
      }
    }

    private static @Nullable String authenticated() {
      return Context.getCommandContext().getAuthenticatedUserId();
    }
  }
}
