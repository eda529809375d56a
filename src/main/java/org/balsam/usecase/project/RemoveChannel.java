package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes a project's channel. */
@Component
public class RemoveChannel {

  private final ProvisionGuard guard;
  private final Messenger messenger;

  RemoveChannel(ProvisionGuard guard, Messenger messenger) {
    this.guard = guard;
    this.messenger = messenger;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    guard.undo(id, ProvisionStep.CHANNEL, () -> messenger.removeChannel(id));
  }
}
