package org.balsam.usecase.project;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ProjectId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends the request of a project that was not approved. */
@Component
public class RejectProject {

  private final ProjectRepository projects;
  private final Beginnings beginnings;
  private final AuditTrail audit;

  RejectProject(ProjectRepository projects, Beginnings beginnings, AuditTrail audit) {
    this.beginnings = beginnings;
    this.projects = projects;
    this.audit = audit;
  }

  /** What to do. */
  public record Command(ProjectId project, String reason) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = org.balsam.kernel.Rejection.class)
  public void handle(Command command) {
    projects.locked(command.project()).reject(command.reason());
    beginnings.forget(command.project());
    audit.record(
        AuditEntry.done("project.rejected", command.project().value(), command.project().value())
            .because(command.reason()));
  }
}
