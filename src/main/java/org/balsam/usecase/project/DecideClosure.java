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

/** Keeps a person's decision on the closing of a project. */
@Component
public class DecideClosure {

  private final ProjectRepository projects;
  private final ClosureLedger closures;
  private final AuditTrail audit;
  private final Clock clock;

  DecideClosure(ProjectRepository projects, ClosureLedger closures, AuditTrail audit, Clock clock) {
    this.projects = projects;
    this.closures = closures;
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
   * @throws Forbidden SEPARATION_OF_DUTIES for the person who asked for it
   * @throws org.balsam.kernel.Rejection WRONG_STATE unless it waits for a decision
   */
  @Transactional
  public void handle(Command command) {
    var id = command.project();
    projects.locked(id);
    var closure = closures.require(id, ClosureStage.REQUESTED);
    if (command.by().equals(closure.requestedBy())) {
      throw refused(command);
    }
    closures.decide(id, command.by(), clock.instant());
    if (command.approved()) {
      closures.enter(id, ClosureStage.APPROVED, null);
    }
    audit.record(entry(command).because(command.reason()));
  }

  private Forbidden refused(Command command) {
    var why =
        "you asked to close "
            + command.project()
            + " yourself; another owner or an administrator must decide on it";
    audit.recordSeparately(entry(command).outcome(AuditEntry.Outcome.REFUSED).with("refusal", why));
    return new Forbidden(ErrorCode.SEPARATION_OF_DUTIES, why);
  }

  private static AuditEntry entry(Command command) {
    return AuditEntry.done(
            "project.closure.decided", command.project().value(), command.project().value())
        .with("approved", command.approved())
        .with("by", command.by());
  }
}
