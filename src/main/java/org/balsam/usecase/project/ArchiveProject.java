package org.balsam.usecase.project;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps a project's repository as one file, and a list of everything that its buckets hold. */
@Component
public class ArchiveProject {

  private final ProjectRepository projects;
  private final ClosureLedger closures;
  private final ClosureArchive archive;
  private final AuditTrail audit;

  ArchiveProject(
      ProjectRepository projects,
      ClosureLedger closures,
      ClosureArchive archive,
      AuditTrail audit) {
    this.projects = projects;
    this.closures = closures;
    this.archive = archive;
    this.audit = audit;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /**
   * Does it; repeating it keeps again only what changed since.
   *
   * @throws Rejection WRONG_STATE unless the project is being closed
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    var project = projects.locked(id);
    project.require(ProjectState.CLOSING);
    var files = archive.write(project, closures.require(id, ClosureStage.APPROVED));
    closures.keepArchive(id, files);
    audit.record(
        AuditEntry.done("project.archived", id.value(), id.value()).with("files", files.size()));
  }
}
