package org.balsam.usecase.project;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps an administrator's decision on a requested project. */
@Component
public class DecideProject {

  private final ProjectRepository projects;
  private final AuditTrail audit;
  private final Clock clock;

  DecideProject(ProjectRepository projects, AuditTrail audit, Clock clock) {
    this.projects = projects;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param by the id of the person who decides
   */
  public record Command(ProjectId project, boolean approved, @Nullable String reason, String by) {}

  /**
   * Does it.
   *
   * @throws Forbidden SEPARATION_OF_DUTIES for the person who asked for the project
   * @throws org.balsam.kernel.Rejection WRONG_STATE unless the project is requested
   */
  @Transactional
  public void handle(Command command) {
    var project = projects.locked(command.project());
    if (command.by().equals(project.requestedBy())) {
      throw refused(command);
    }
    project.decide(command.approved(), command.by(), clock.instant());
    audit.record(entry(command).because(command.reason()));
  }

  private Forbidden refused(Command command) {
    var why =
        "you asked for the project "
            + command.project()
            + " yourself; another administrator must decide on it";
    audit.recordSeparately(entry(command).outcome(AuditEntry.Outcome.REFUSED).with("refusal", why));
    return new Forbidden(ErrorCode.SEPARATION_OF_DUTIES, why);
  }

  private static AuditEntry entry(Command command) {
    return AuditEntry.done("project.decided", command.project().value(), command.project().value())
        .with("approved", command.approved())
        .with("by", command.by());
  }
}
