package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes the compute space of a project. */
@Component
public class CreateNamespace {

  private final ProvisionGuard guard;
  private final WorkspaceRuntime runtime;

  CreateNamespace(ProvisionGuard guard, WorkspaceRuntime runtime) {
    this.guard = guard;
    this.runtime = runtime;
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
    guard.begin(id, ProvisionStep.NAMESPACE, () -> false);
    runtime.ensureSpace(id);
  }
}
