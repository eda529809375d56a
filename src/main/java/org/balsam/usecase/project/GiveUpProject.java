package org.balsam.usecase.project;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ShownText;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes back a requested project, or one whose onboarding does not come to an end. */
@Component
public class GiveUpProject {

  private final ProjectRepository projects;
  private final OnboardingProcess process;
  private final AuditTrail audit;

  GiveUpProject(ProjectRepository projects, OnboardingProcess process, AuditTrail audit) {
    this.projects = projects;
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
   * Does it: the onboarding undoes what it has done.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE unless the project is requested or provisioning
   * @throws Forbidden unless the actor asked for it, owns it, or administers the platform
   * @throws org.balsam.kernel.NotFound for others who are no members
   */
  @Transactional
  public void handle(Command command) {
    var id = command.project();
    var project = projects.locked(id);
    var actor = command.actor().id();
    if (!command.actor().isPlatformAdministrator()
        && !actor.equals(project.requestedBy())
        && !actor.equals(project.owner())) {
      command.actor().requireMemberOf(id);
      throw new Forbidden("who asked for a project, its owner and administrators give it up");
    }
    project.require(ProjectState.REQUESTED, ProjectState.PROVISIONING);
    audit.record(
        AuditEntry.done("project.abandonment.requested", id.value(), id.value())
            .because(command.reason()));
    process.giveUp(id, command.reason());
  }
}
