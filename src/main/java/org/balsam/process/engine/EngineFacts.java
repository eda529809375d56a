package org.balsam.process.engine;

import static org.balsam.process.engine.FactValues.clipped;
import static org.balsam.process.engine.FactValues.with;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditEntry.Outcome;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricDecisionEvaluationEvent;
import org.camunda.bpm.engine.impl.history.event.HistoricDecisionInstanceEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricIncidentEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricJobLogEvent;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricTaskInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;

/**
 * Tells the audit trail what the engine does, in the engine's transaction: a fact is in the trail
 * if and only if it happened. The engine reports a job's failure in a transaction that it opens
 * after the job's own was rolled back.
 */
final class EngineFacts implements HistoryEventHandler {

  /** What does or awaits something; gateways and plain events only route. User tasks: TaskFacts. */
  private static final Set<String> ACTIVITIES =
      Set.of(
          ActivityTypes.TASK_SERVICE,
          ActivityTypes.TASK_BUSINESS_RULE,
          ActivityTypes.TASK_SEND_TASK,
          ActivityTypes.TASK_RECEIVE_TASK,
          ActivityTypes.TASK_MANUAL_TASK,
          ActivityTypes.CALL_ACTIVITY,
          ActivityTypes.START_EVENT_MESSAGE,
          ActivityTypes.START_EVENT_TIMER,
          ActivityTypes.INTERMEDIATE_EVENT_MESSAGE,
          ActivityTypes.INTERMEDIATE_EVENT_TIMER,
          ActivityTypes.INTERMEDIATE_EVENT_MESSAGE_THROW,
          ActivityTypes.BOUNDARY_MESSAGE,
          ActivityTypes.BOUNDARY_TIMER,
          ActivityTypes.BOUNDARY_ERROR,
          ActivityTypes.END_EVENT_MESSAGE,
          ActivityTypes.END_EVENT_ERROR);

  private final FactRecorder recorder;
  private final TaskFacts tasks;
  private final OperationFacts operations;

  EngineFacts(FactRecorder recorder, TaskFacts tasks) {
    this.recorder = recorder;
    this.tasks = tasks;
    this.operations = new OperationFacts(recorder);
  }

  @Override
  public void handleEvents(List<HistoryEvent> events) {
    events.forEach(this::handleEvent);
  }

  @Override
  public void handleEvent(HistoryEvent event) {
    if (event instanceof HistoricActivityInstanceEventEntity activity) {
      activity(activity);
    } else if (event instanceof HistoricTaskInstanceEventEntity task) {
      tasks.handle(task);
    } else if (event instanceof HistoricProcessInstanceEventEntity process) {
      process(process);
    } else if (event instanceof HistoricJobLogEvent job) {
      job(job);
    } else if (event instanceof HistoricIncidentEventEntity incident) {
      incident(incident);
    } else if (event instanceof HistoricDecisionEvaluationEvent decision) {
      decision(decision);
    } else if (event instanceof UserOperationLogEntryEventEntity operation) {
      operations.handle(operation);
    }
  }

  private void process(HistoricProcessInstanceEventEntity event) {
    if (event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_START)) {
      var entry =
          AuditEntry.done("process.started", event.getTenantId(), event.getBusinessKey())
              .with("definition", event.getProcessDefinitionId())
              .with("deployment", deployment(event));
      recorder.record(with(entry, "calledBy", event.getSuperProcessInstanceId()), event, null);
    } else if (event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_END)) {
      var completed = HistoricProcessInstance.STATE_COMPLETED.equals(event.getState());
      var action = completed ? "process.ended" : "process.cancelled";
      var entry =
          with(
              AuditEntry.done(action, event.getTenantId(), event.getBusinessKey())
                  .because(event.getDeleteReason()),
              "end",
              event.getEndActivityId());
      recorder.record(entry, event, null);
    } else if (event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_MIGRATE)) {
      recorder.record(
          AuditEntry.done("process.migrated", event.getTenantId(), null)
              .with("definition", event.getProcessDefinitionId()),
          event,
          null);
    }
  }

  private static String deployment(HistoryEvent event) {
    return Context.getProcessEngineConfiguration()
        .getDeploymentCache()
        .findDeployedProcessDefinitionById(event.getProcessDefinitionId())
        .getDeploymentId();
  }

  private void activity(HistoricActivityInstanceEventEntity event) {
    if (!event.isEventOfType(HistoryEventTypes.ACTIVITY_INSTANCE_END)
        || !ACTIVITIES.contains(event.getActivityType())) {
      return;
    }
    var action = event.isCanceled() ? "activity.cancelled" : "activity.completed";
    var entry =
        AuditEntry.done(action, event.getTenantId(), null).with("type", event.getActivityType());
    recorder.record(
        with(entry, "called", event.getCalledProcessInstanceId()), event, event.getActivityId());
  }

  private void job(HistoricJobLogEvent event) {
    if (!event.isFailureLog()) {
      return;
    }
    var entry =
        new AuditEntry(
                "engine.job.failed", Outcome.FAILED, event.getTenantId(), null, null, Map.of())
            .with("job", event.getJobId())
            .with("kind", String.valueOf(event.getJobDefinitionType()))
            .with("retriesBefore", (long) event.getJobRetries());
    var where = event.getFailedActivityId();
    recorder.record(
        with(entry, "failure", clipped(event.getJobExceptionMessage())),
        event,
        where == null ? event.getActivityId() : where);
  }

  private void incident(HistoricIncidentEventEntity event) {
    var opened = event.isEventOfType(HistoryEventTypes.INCIDENT_CREATE);
    var action =
        opened
            ? "incident.opened"
            : event.isEventOfType(HistoryEventTypes.INCIDENT_RESOLVE)
                ? "incident.resolved"
                : event.isEventOfType(HistoryEventTypes.INCIDENT_DELETE)
                    ? "incident.deleted"
                    : null;
    if (action == null) {
      return;
    }
    var entry =
        AuditEntry.done(action, event.getTenantId(), null)
            .with("incident", event.getId())
            .with("type", event.getIncidentType());
    var where = event.getFailedActivityId();
    recorder.record(
        opened ? with(entry, "failure", clipped(event.getIncidentMessage())) : entry,
        event,
        where == null ? event.getActivityId() : where);
  }

  private void decision(HistoricDecisionEvaluationEvent event) {
    Stream.concat(
            Stream.of(event.getRootHistoricDecisionInstance()),
            event.getRequiredHistoricDecisionInstances().stream())
        .forEach(this::decision);
  }

  private void decision(HistoricDecisionInstanceEntity decided) {
    var entry =
        AuditEntry.done("decision.evaluated", decided.getTenantId(), null)
            .with("decision", decided.getDecisionDefinitionKey())
            .with("definition", decided.getDecisionDefinitionId())
            .with("inputs", FactValues.inputs(decided.getInputs()))
            .with("outputs", FactValues.outputs(decided.getOutputs()));
    recorder.record(entry, decided, decided.getActivityId());
  }
}
