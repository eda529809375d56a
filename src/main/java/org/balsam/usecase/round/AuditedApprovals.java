package org.balsam.usecase.round;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.balsam.audit.AuditExport;
import org.balsam.audit.AuditLog;
import org.balsam.audit.AuditQuery;
import org.balsam.audit.AuditSealer;
import org.balsam.audit.RecordedEvent;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.springframework.stereotype.Component;

/** The audit trail as a round needs it. */
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
  public Optional<Completion> newest(RoundId round, String activity, Instant after) {
    var project = Set.of(round.project().value());
    var query = new AuditQuery(project, round.value(), null, COMPLETED, after, null);
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
  public void export(ProjectId project, OutputStream target) throws IOException {
    export.write(target, new AuditExport.Request(project.value(), true));
  }
}
