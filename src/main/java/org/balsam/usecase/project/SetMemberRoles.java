package org.balsam.usecase.project;

import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives a person exactly these roles in a project. */
@Component
public class SetMemberRoles {

  private final ProjectMembers members;

  SetMemberRoles(ProjectMembers members) {
    this.members = members;
  }

  /**
   * What to do.
   *
   * @param roles not empty
   */
  public record Command(ProjectId project, String person, Set<Role> roles, Actor actor) {

    public Command {
      roles = Set.copyOf(roles);
    }
  }

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE when this takes the role from the last owner,
   *     or unless the project is active
   * @throws org.balsam.kernel.NotFound for an unknown person, and for actors outside the project
   * @throws org.balsam.kernel.Forbidden for members who do not own the project
   */
  @Transactional
  public void handle(Command command) {
    ProjectMembers.requireSomeRole(command.roles());
    members.setRoles(command.project(), command.person(), command.roles(), command.actor());
  }
}
