package org.balsam.usecase.project;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Closes a project for good: takes into the archive what was changed while people still could,
 * forbids its deletion, and tells the administrators.
 */
@Component
public class CloseProject {

  private final ProjectRepository projects;
  private final ClosureLedger closures;
  private final ClosureArchive archive;
  private final ClosureProperties properties;
  private final Messenger messenger;
  private final AuditTrail audit;

  CloseProject(
      ProjectRepository projects,
      ClosureLedger closures,
      ClosureArchive archive,
      ClosureProperties properties,
      Messenger messenger,
      AuditTrail audit) {
    this.projects = projects;
    this.closures = closures;
    this.archive = archive;
    this.properties = properties;
    this.messenger = messenger;
    this.audit = audit;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    var project = projects.locked(id);
    project.require(ProjectState.CLOSING);
    var approved = closures.require(id, ClosureStage.APPROVED);
    closures.keepArchive(id, archive.write(project, approved));
    var closure = closures.require(id, ClosureStage.APPROVED);
    archive.lock(closure, retainedUntil(closure));
    tell(project, closure);
    project.close();
    closures.enter(id, ClosureStage.CLOSED, null);
    audit.record(entry(closure));
  }

  /** Counted from the approval, so that a repetition locks until the same moment. */
  private Instant retainedUntil(ProjectClosure closure) {
    return Objects.requireNonNull(closure.decidedAt())
        .atZone(ZoneOffset.UTC)
        .plus(properties.archiveRetention())
        .toInstant();
  }

  private void tell(ProjectEntity project, ProjectClosure closure) {
    messenger.send(
        new Messenger.Notice(
            project.getId() + "/closed/" + closure.attempt(),
            Messenger.Kind.PROGRESS,
            project.id(),
            List.of(Actor.PLATFORM_ADMINISTRATORS),
            project.name() + " is closed",
            "The project %s is closed: %s%nIts archive, what it released and its trail stay readable."
                .formatted(project.getId(), closure.reason()),
            ""));
  }

  private static AuditEntry entry(ProjectClosure closure) {
    var project = closure.project().value();
    var entry = AuditEntry.done("project.closed", project, project);
    for (var file : closure.archive()) {
      entry = entry.with(file.key(), file.sha256().value());
    }
    return entry.because(closure.reason());
  }
}
