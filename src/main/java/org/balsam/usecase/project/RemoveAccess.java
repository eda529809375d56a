package org.balsam.usecase.project;

import java.util.Map;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends the access of people and the tokens of jobs to a project's repository, which stays. */
@Component
public class RemoveAccess {

  private final ProjectRepository projects;
  private final Forge forge;

  RemoveAccess(ProjectRepository projects, Forge forge) {
    this.projects = projects;
    this.forge = forge;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws Rejection WRONG_STATE unless the project is being closed
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    projects.locked(id).require(ProjectState.CLOSING);
    forge.ensureMembers(id, Map.of());
    forge.endReading(id);
  }
}
