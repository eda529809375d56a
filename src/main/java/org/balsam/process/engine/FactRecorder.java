package org.balsam.process.engine;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/**
 * Records facts in the engine's transaction: by the person who is authenticated in the engine, or
 * else by whom the call context names, and about the business key of the instance.
 */
final class FactRecorder {

  private final Supplier<AuditTrail> audit;

  FactRecorder(Supplier<AuditTrail> audit) {
    this.audit = audit;
  }

  /**
   * Records a fact of an instance.
   *
   * @param entry its subject, where it is null, becomes the instance's business key
   */
  void record(AuditEntry entry, HistoryEvent event, @Nullable String activity) {
    record(
        entry.subject() == null ? about(entry, event) : entry,
        event.getProcessInstanceId(),
        activity);
  }

  /** Records a fact that belongs to no instance that still exists. */
  void record(AuditEntry entry, @Nullable String processInstance, @Nullable String activity) {
    var thread = CallContext.current();
    new CallContext(
            actor(thread.actor()),
            thread.project(),
            thread.subject(),
            processInstance,
            activity,
            thread.correlation(),
            thread.source())
        .run(() -> audit.get().record(entry));
  }

  private static AuditEntry about(AuditEntry entry, HistoryEvent event) {
    var subject = businessKey(event.getProcessInstanceId(), event.getRootProcessInstanceId());
    return new AuditEntry(
        entry.action(), entry.outcome(), entry.project(), subject, entry.reason(), entry.details());
  }

  private static @Nullable String businessKey(@Nullable String instance, @Nullable String root) {
    var own = instance == null ? null : execution(instance);
    if (own != null && own.getBusinessKey() != null || root == null || root.equals(instance)) {
      return own == null ? null : own.getBusinessKey();
    }
    var outermost = execution(root);
    return outermost == null ? null : outermost.getBusinessKey();
  }

  /** The engine has the executions of the running command at hand: no query. */
  private static @Nullable ExecutionEntity execution(String id) {
    return command().getExecutionManager().findExecutionById(id);
  }

  private static Actor actor(Actor thread) {
    var person = command().getAuthentication();
    if (person == null
        || person.getUserId() == null
        || thread.kind() == Actor.Kind.USER && thread.id().equals(person.getUserId())) {
      return thread;
    }
    Set<String> groups =
        person.getGroupIds() == null
            ? Set.of()
            : person.getGroupIds().stream()
                .filter(group -> !group.equals(EngineGroups.MEMBERS))
                .collect(Collectors.toSet());
    return Actor.user(person.getUserId(), groups);
  }

  static CommandContext command() {
    return Context.getCommandContext();
  }
}
