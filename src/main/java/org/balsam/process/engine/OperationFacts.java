package org.balsam.process.engine;

import static org.balsam.process.engine.FactValues.with;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.balsam.audit.AuditEntry;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/**
 * What people do to the engine, from its operation log: taking and giving tasks as {@code
 * task.claimed}, {@code task.assigned}, {@code task.delegated}; everything else as {@code
 * operation.<entity>.<operation>}.
 */
final class OperationFacts {

  private static final Map<String, String> TASK_ACTIONS =
      Map.of(
          UserOperationLogEntry.OPERATION_TYPE_CLAIM, "task.claimed",
          UserOperationLogEntry.OPERATION_TYPE_ASSIGN, "task.assigned",
          UserOperationLogEntry.OPERATION_TYPE_DELEGATE, "task.delegated");

  /** Recorded as task.completed, process.started, history.removed, comment.edited and so on. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          EntityTypes.TASK + "/" + UserOperationLogEntry.OPERATION_TYPE_COMPLETE,
          EntityTypes.PROCESS_INSTANCE + "/" + UserOperationLogEntry.OPERATION_TYPE_CREATE,
          EntityTypes.COMMENT + "/" + UserOperationLogEntry.OPERATION_TYPE_UPDATE_COMMENT,
          EntityTypes.COMMENT + "/" + UserOperationLogEntry.OPERATION_TYPE_DELETE_COMMENT);

  private final FactRecorder recorder;

  OperationFacts(FactRecorder recorder) {
    this.recorder = recorder;
  }

  void handle(UserOperationLogEntryEventEntity event) {
    var operation = event.getOperationType();
    var action =
        EntityTypes.TASK.equals(event.getEntityType()) ? TASK_ACTIONS.get(operation) : null;
    if (action != null) {
      if (TaskEntity.ASSIGNEE.equals(event.getProperty())) {
        recorder.record(assignment(action, event), event, activity(event));
      }
    } else if (!ELSEWHERE.contains(event.getEntityType() + "/" + operation)
        && !operation.equals(UserOperationLogEntry.OPERATION_TYPE_DELETE_HISTORY)) {
      recorder.record(operation(event), event, activity(event));
    }
  }

  private static AuditEntry assignment(String action, UserOperationLogEntryEventEntity event) {
    var entry = AuditEntry.done(action, event.getTenantId(), null).with("task", event.getTaskId());
    return with(with(entry, "from", event.getOrgValue()), "to", event.getNewValue());
  }

  private static AuditEntry operation(UserOperationLogEntryEventEntity event) {
    var action =
        "operation." + words(event.getEntityType()) + "." + words(event.getOperationType());
    var entry = AuditEntry.done(action, event.getTenantId(), null).because(event.getAnnotation());
    entry = with(entry, "operation", event.getOperationId());
    entry = with(entry, "task", event.getTaskId());
    entry = with(entry, "job", event.getJobId());
    entry = with(entry, "definition", event.getProcessDefinitionId());
    entry = with(entry, "deployment", event.getDeploymentId());
    entry = with(entry, "property", event.getProperty());
    entry = with(entry, "from", FactValues.clipped(event.getOrgValue()));
    return with(entry, "to", FactValues.clipped(event.getNewValue()));
  }

  private static @Nullable String activity(UserOperationLogEntryEventEntity event) {
    var task =
        event.getTaskId() == null
            ? null
            : FactRecorder.command().getTaskManager().findTaskById(event.getTaskId());
    return task == null ? null : task.getTaskDefinitionKey();
  }

  /** ProcessInstance, "Group membership" → process-instance, group-membership. */
  private static String words(String name) {
    return name.replace(' ', '-').replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
