package org.balsam.usecase.project;

import java.util.Set;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a project's groups, one per role, and its owner the first member. */
@Component
public class CreateGroups {

  private final ProvisionGuard guard;
  private final Directory directory;

  CreateGroups(ProvisionGuard guard, Directory directory) {
    this.guard = guard;
    this.directory = directory;
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
    var project = guard.begin(id, ProvisionStep.GROUPS, () -> !directory.members(id).isEmpty());
    directory.ensureGroups(id, project.kind());
    directory.setRoles(id, project.owner(), Set.of(Role.OWNER));
  }
}
