package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reserves what a project is called in every other system. */
@Component
public class ReserveIdentifiers {

  private final ProjectRepository projects;
  private final IdentifierLedger identifiers;

  ReserveIdentifiers(ProjectRepository projects, IdentifierLedger identifiers) {
    this.projects = projects;
    this.identifiers = identifiers;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws Rejection ALREADY_EXISTS when somebody else made it before, WRONG_STATE unless the
   *     project is provisioning
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    var project = projects.locked(id);
    project.require(ProjectState.PROVISIONING);
    identifiers.reserve(id, project.kind());
  }
}
