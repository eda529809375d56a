package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives a project its groups back, with the people and roles that its closing took. */
@Component
public class RestoreGroups {

  private final ProjectRestoration restoration;

  RestoreGroups(ProjectRestoration restoration) {
    this.restoration = restoration;
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
    restoration.groups(command.project());
  }
}
