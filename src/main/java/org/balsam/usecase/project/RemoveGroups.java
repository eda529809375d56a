package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.identity.Directory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes a project's groups with all memberships. */
@Component
public class RemoveGroups {

  private final ProvisionGuard guard;
  private final Directory directory;

  RemoveGroups(ProvisionGuard guard, Directory directory) {
    this.guard = guard;
    this.directory = directory;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    guard.undo(id, ProvisionStep.GROUPS, () -> directory.removeGroups(id));
  }
}
