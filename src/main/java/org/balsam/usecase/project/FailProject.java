package org.balsam.usecase.project;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ProjectId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends an onboarding that was refused: removes what is left of it and keeps why. */
@Component
public class FailProject {

  private final ProjectRepository projects;
  private final ProjectRemains remains;
  private final AuditTrail audit;

  FailProject(ProjectRepository projects, ProjectRemains remains, AuditTrail audit) {
    this.projects = projects;
    this.remains = remains;
    this.audit = audit;
  }

  /** What to do. */
  public record Command(ProjectId project, String reason) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional
  public void handle(Command command) {
    var id = command.project();
    remains.remove(id);
    projects.locked(id).fail(command.reason());
    audit.record(
        AuditEntry.done("project.failed", id.value(), id.value()).because(command.reason()));
  }
}
