package org.balsam.usecase.project;

import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ProjectId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes all roles in a project from a person. */
@Component
public class RemoveMember {

  private final ProjectMembers members;

  RemoveMember(ProjectMembers members) {
    this.members = members;
  }

  /** What to do. */
  public record Command(ProjectId project, String person, Actor actor) {}

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE for the last owner, or unless the project is
   *     active
   * @throws org.balsam.kernel.NotFound for an unknown person, and for actors outside the project
   * @throws org.balsam.kernel.Forbidden for members who do not own the project
   */
  @Transactional
  public void handle(Command command) {
    members.setRoles(command.project(), command.person(), Set.of(), command.actor());
  }
}
