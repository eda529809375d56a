package org.balsam.usecase.project;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.kernel.ShownText;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes back the closing of a project, before it is approved or when it does not come to an end.
 */
@Component
public class GiveUpClosure {

  private final ProjectRepository projects;
  private final ClosureLedger closures;
  private final ClosureProcess process;
  private final AuditTrail audit;

  GiveUpClosure(
      ProjectRepository projects,
      ClosureLedger closures,
      ClosureProcess process,
      AuditTrail audit) {
    this.projects = projects;
    this.closures = closures;
    this.process = process;
    this.audit = audit;
  }

  /** What to do. */
  public record Command(ProjectId project, String reason, Actor actor) {
    public Command {
      reason = ShownText.check("reason", reason, 1, 2000);
    }
  }

  /**
   * Does it: the process gives back what it has taken.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE unless a closing is on its way
   * @throws Forbidden unless the actor asked for it, owns the project, or administers the platform
   * @throws org.balsam.kernel.NotFound for others who are no members
   */
  @Transactional
  public void handle(Command command) {
    var id = command.project();
    var project = projects.locked(id);
    requireAllowed(command, project);
    closures.require(id, ClosureStage.REQUESTED, ClosureStage.APPROVED);
    audit.record(
        AuditEntry.done("project.closure.abandonment-requested", id.value(), id.value())
            .because(command.reason()));
    process.giveUp(id, command.reason());
  }

  /** The roles of owners may be gone already, the accountable person's name is not. */
  private void requireAllowed(Command command, ProjectEntity project) {
    var actor = command.actor();
    var asked =
        closures
            .find(command.project())
            .filter(closure -> closure.requestedBy().equals(actor.id()))
            .isPresent();
    if (!actor.isPlatformAdministrator()
        && !actor.has(command.project(), Role.OWNER)
        && !actor.id().equals(project.owner())
        && !asked) {
      if (!actor.isMemberOf(command.project())) {
        throw ProjectRepository.unknown(command.project());
      }
      throw new Forbidden("who asked to close a project, its owners and administrators give it up");
    }
  }
}
