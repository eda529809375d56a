package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes a project's repository for good. */
@Component
public class RemoveRepository {

  private final ProvisionGuard guard;
  private final Forge forge;

  RemoveRepository(ProvisionGuard guard, Forge forge) {
    this.guard = guard;
    this.forge = forge;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    guard.undo(id, ProvisionStep.REPOSITORY, () -> forge.removeRepository(id));
  }
}
