package org.balsam.usecase.project;

import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens a project for work and tells its people. */
@Component
public class ActivateProject {

  private final ProjectRepository projects;
  private final Messenger messenger;
  private final AuditTrail audit;
  private final RepositoryMembers members;

  ActivateProject(
      ProjectRepository projects,
      Messenger messenger,
      AuditTrail audit,
      RepositoryMembers members) {
    this.projects = projects;
    this.messenger = messenger;
    this.audit = audit;
    this.members = members;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    var project = projects.locked(id);
    project.require(ProjectState.PROVISIONING, ProjectState.ACTIVE);
    messenger.send(
        new Messenger.Notice(
            id + "/active",
            Messenger.Kind.PROGRESS,
            id,
            List.of(),
            project.name() + " is ready",
            "The project "
                + id
                + " is ready. Its welcome page, WELCOME.md in the repository, names everything it"
                + " has. The next step of the owner is to give people their roles.",
            ""));
    members.ensure(id);
    project.activate();
    audit.record(AuditEntry.done("project.activated", id.value(), id.value()));
  }
}
