package org.balsam.usecase.project;

import java.time.Clock;
import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.ShownText;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks that a project be closed; another person approves it. */
@Component
public class RequestClosure {

  private final ProjectRepository projects;
  private final ClosureLedger closures;
  private final WorkCheck work;
  private final ClosureProcess process;
  private final Messenger messenger;
  private final AuditTrail audit;
  private final Clock clock;

  RequestClosure(
      ProjectRepository projects,
      ClosureLedger closures,
      WorkCheck work,
      ClosureProcess process,
      Messenger messenger,
      AuditTrail audit,
      Clock clock) {
    this.projects = projects;
    this.closures = closures;
    this.work = work;
    this.process = process;
    this.messenger = messenger;
    this.audit = audit;
    this.clock = clock;
  }

  /** What to do. */
  public record Command(ProjectId project, String reason, Actor actor) {
    public Command {
      reason = ShownText.check("reason", reason, 1, 2000);
    }
  }

  /**
   * Does it.
   *
   * @throws Rejection WRONG_STATE unless the project is active, while its closing is on its way,
   *     and while work is open, which is named
   * @throws org.balsam.kernel.Forbidden for members who do not own the project
   * @throws org.balsam.kernel.NotFound for others who do not administer the platform
   */
  @Transactional
  public void handle(Command command) {
    var id = command.project();
    if (!command.actor().isPlatformAdministrator()) {
      command.actor().requireAny(id, Role.OWNER);
    }
    var project = projects.locked(id);
    project.require(ProjectState.ACTIVE);
    refuseSecond(id);
    work.requireNone(id);
    closures.request(id, command.reason(), command.actor().id(), clock.instant());
    audit.record(
        AuditEntry.done("project.closure.requested", id.value(), id.value())
            .because(command.reason()));
    tell(project, command);
    process.start(id, summary(project, command));
  }

  private void refuseSecond(ProjectId id) {
    if (closures.find(id).filter(closure -> closure.stage().isOpen()).isPresent()) {
      throw new Rejection(ErrorCode.WRONG_STATE, "the closing of " + id + " is on its way already");
    }
  }

  private void tell(ProjectEntity project, Command command) {
    var attempt = closures.require(command.project(), ClosureStage.REQUESTED).attempt();
    messenger.send(
        new Messenger.Notice(
            command.project() + "/closure-requested/" + attempt,
            Messenger.Kind.ALARM,
            command.project(),
            List.of(),
            project.name() + " is to be closed",
            "%s asked to close the project %s: %s%nWhen another owner or an administrator approves it, nobody can work in it any more. Take out what you need, and say so to an owner if it must go on."
                .formatted(command.actor().id(), command.project(), command.reason()),
            ""));
  }

  private static String summary(ProjectEntity project, Command command) {
    return """
        %s (%s)
        Owner: %s
        Asked for by: %s
        Reason: %s"""
        .formatted(
            project.name(),
            command.project(),
            project.owner(),
            command.actor().id(),
            command.reason());
  }
}
