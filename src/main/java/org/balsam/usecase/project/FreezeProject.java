package org.balsam.usecase.project;

import java.util.stream.Collectors;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.identity.Directory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets nothing begin in a project any more, and remembers its people. */
@Component
public class FreezeProject {

  private final ProjectRepository projects;
  private final ClosureLedger closures;
  private final WorkCheck work;
  private final Directory directory;
  private final AuditTrail audit;

  FreezeProject(
      ProjectRepository projects,
      ClosureLedger closures,
      WorkCheck work,
      Directory directory,
      AuditTrail audit) {
    this.projects = projects;
    this.closures = closures;
    this.work = work;
    this.directory = directory;
    this.audit = audit;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws Rejection WRONG_STATE when work was begun since the closing was asked for
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    var project = projects.locked(id);
    closures.require(id, ClosureStage.APPROVED);
    if (project.state() == ProjectState.CLOSING) {
      return;
    }
    project.require(ProjectState.ACTIVE);
    work.requireNone(id);
    closures.keepMembers(
        id,
        directory.members(id).stream()
            .collect(Collectors.toMap(Directory.Membership::person, Directory.Membership::roles)));
    project.freeze();
    audit.record(AuditEntry.done("project.frozen", id.value(), id.value()));
  }
}
