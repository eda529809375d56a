package org.balsam.usecase.project;

import java.util.Objects;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.kernel.ShownText;
import org.balsam.platform.identity.Directory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes how a project is described. */
@Component
public class ChangeProject {

  private final ProjectRepository projects;
  private final Directory directory;
  private final AuditTrail audit;

  ChangeProject(ProjectRepository projects, Directory directory, AuditTrail audit) {
    this.projects = projects;
    this.directory = directory;
    this.audit = audit;
  }

  /**
   * What to do; what is null stays as it is.
   *
   * @param version the version that the actor has read
   * @param owner a member with the role owner
   */
  public record Command(
      ProjectId project,
      long version,
      @Nullable String name,
      @Nullable String purpose,
      @Nullable Classification classification,
      @Nullable String owner,
      Actor actor) {

    public Command {
      name = name == null ? null : ShownText.line("name", name, 3, 100);
      purpose = purpose == null ? null : ShownText.check("purpose", purpose, 1, 2000);
    }
  }

  /**
   * Does it.
   *
   * @throws org.balsam.kernel.Rejection STALE for another version, WRONG_STATE unless active
   * @throws org.balsam.kernel.NotFound for actors outside the project
   * @throws org.balsam.kernel.Forbidden for members who do not own it
   */
  @Transactional
  public ProjectView handle(Command command) {
    var id = command.project();
    if (!command.actor().isPlatformAdministrator()) {
      command.actor().requireAny(id, Role.OWNER);
    }
    var project = projects.locked(id);
    project.requireVersion(command.version());
    project.require(ProjectState.ACTIVE);
    requireOwner(id, command.owner());
    project.change(
        Objects.requireNonNullElse(command.name(), project.name()),
        Objects.requireNonNullElse(command.purpose(), project.purpose()),
        Objects.requireNonNullElse(command.classification(), project.classification()),
        Objects.requireNonNullElse(command.owner(), project.owner()));
    audit.record(
        AuditEntry.done("project.changed", id.value(), id.value())
            .with("owner", project.owner())
            .with("classification", project.classification().value()));
    return project.view();
  }

  private void requireOwner(ProjectId id, @Nullable String owner) {
    if (owner != null && !directory.membersOf(Role.OWNER.group(id)).contains(owner)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "owner", "is a member of the project with the role owner");
    }
  }
}
