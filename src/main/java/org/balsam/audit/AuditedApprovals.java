package org.balsam.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ProjectId;
import org.springframework.stereotype.Component;

/** The audit trail as work that people approve needs it. */
@Component
class AuditedApprovals implements ApprovalTrail {

  private static final String COMPLETED = "task.completed";
  private static final int PAGE = 200;

  private final AuditLog log;
  private final AuditSealer sealer;
  private final AuditExport export;

  AuditedApprovals(AuditLog log, AuditSealer sealer, AuditExport export) {
    this.log = log;
    this.sealer = sealer;
    this.export = export;
  }

  @Override
  public Optional<Completion> newest(
      ProjectId project, String subject, String activity, Instant after) {
    var query = new AuditQuery(Set.of(project.value()), subject, null, COMPLETED, after, null);
    String cursor = null;
    do {
      var page = log.find(query, cursor, PAGE);
      for (var recorded : page.items()) {
        if (isDone(recorded, activity)) {
          return Optional.of(completion(recorded));
        }
      }
      cursor = page.next();
    } while (cursor != null);
    return Optional.empty();
  }

  private static boolean isDone(RecordedEvent recorded, String activity) {
    var event = recorded.event();
    return activity.equals(event.activity()) && event.outcome().equals("done");
  }

  private static Completion completion(RecordedEvent recorded) {
    var event = recorded.event();
    return new Completion(event.id().toString(), event.actor(), event.occurredAt());
  }

  @Override
  public void requireInclusion(String event) {
    sealer.requireSealed(List.of(event));
    log.inclusion(event);
  }

  @Override
  public String requireInclusion(ProjectId project, String subject, String action) {
    var query = new AuditQuery(Set.of(project.value()), subject, null, action, null, null);
    var event =
        log.find(query, null, PAGE).items().stream()
            .map(RecordedEvent::event)
            .filter(recorded -> recorded.outcome().equals("done"))
            .findFirst()
            .orElseThrow(
                () ->
                    new ExternalFailure(
                        ErrorCode.NOT_SEALED,
                        "audit trail",
                        true,
                        "there is no event " + action + " of " + subject + " yet",
                        null));
    requireInclusion(event.id().toString());
    return event.id().toString();
  }

  @Override
  public void export(ProjectId project, OutputStream target) throws IOException {
    export.write(target, new AuditExport.Request(project.value(), true));
  }
}
