package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes the compute space of a project with everything in it. */
@Component
public class RemoveNamespace {

  private final ProvisionGuard guard;
  private final WorkspaceRuntime runtime;

  RemoveNamespace(ProvisionGuard guard, WorkspaceRuntime runtime) {
    this.guard = guard;
    this.runtime = runtime;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    guard.undo(id, ProvisionStep.NAMESPACE, () -> runtime.removeSpace(id));
  }
}
