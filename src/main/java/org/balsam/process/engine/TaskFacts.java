package org.balsam.process.engine;

import java.util.TreeMap;
import org.balsam.audit.AuditEntry;
import org.camunda.bpm.engine.impl.history.event.HistoricTaskInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/**
 * User tasks: created, completed with what the person decided, cancelled. Who took or was given
 * one, {@link OperationFacts} tells.
 */
final class TaskFacts {

  private final FactRecorder recorder;
  private final FormFields forms;

  TaskFacts(FactRecorder recorder, FormFields forms) {
    this.recorder = recorder;
    this.forms = forms;
  }

  void handle(HistoricTaskInstanceEventEntity event) {
    if (event.isEventOfType(HistoryEventTypes.TASK_INSTANCE_CREATE)) {
      recorder.record(entry("task.created", event), event, event.getTaskDefinitionKey());
    } else if (event.isEventOfType(HistoryEventTypes.TASK_INSTANCE_COMPLETE)) {
      recorder.record(ended(event), event, event.getTaskDefinitionKey());
    }
  }

  private AuditEntry ended(HistoricTaskInstanceEventEntity event) {
    if (!TaskEntity.DELETE_REASON_COMPLETED.equals(event.getDeleteReason())) {
      return entry("task.cancelled", event).because(event.getDeleteReason());
    }
    var task = FactRecorder.command().getTaskManager().findTaskById(event.getTaskId());
    var entry = entry("task.completed", event);
    return task.getTaskDefinition() == null
        ? entry
        : completed(entry, task, TaskGuardListeners.rulesOf(task.getTaskDefinition()));
  }

  private AuditEntry completed(AuditEntry entry, TaskEntity task, TaskRules rules) {
    var fields = new TreeMap<String, Object>();
    forms.of(task).forEach(name -> put(fields, name, task.getVariable(name)));
    rules.fields().forEach(name -> put(fields, name, task.getVariable(name)));
    var decision = rules.decision();
    var result = entry;
    if (decision != null) {
      fields.remove(decision.variable());
      fields.remove(decision.reason());
      result = text(result, "decision", task.getVariable(decision.variable()));
      result = result.because(string(task.getVariable(decision.reason())));
    }
    if (rules.evidence() != null) {
      result = text(result, "evidence", task.getVariable(rules.evidence()));
    }
    return fields.isEmpty() ? result : result.with("fields", fields);
  }

  private static void put(TreeMap<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, FactValues.of(value));
    }
  }

  private static AuditEntry text(AuditEntry entry, String name, @Nullable Object value) {
    return FactValues.with(entry, name, string(value));
  }

  private static @Nullable String string(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static AuditEntry entry(String action, HistoricTaskInstanceEventEntity event) {
    return AuditEntry.done(action, event.getTenantId(), null).with("task", event.getTaskId());
  }
}
