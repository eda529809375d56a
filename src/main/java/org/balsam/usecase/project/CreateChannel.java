package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a project's channel for notices. */
@Component
public class CreateChannel {

  private final ProvisionGuard guard;
  private final Messenger messenger;

  CreateChannel(ProvisionGuard guard, Messenger messenger) {
    this.guard = guard;
    this.messenger = messenger;
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
    guard.begin(id, ProvisionStep.CHANNEL, () -> false);
    messenger.ensureChannel(id);
  }
}
