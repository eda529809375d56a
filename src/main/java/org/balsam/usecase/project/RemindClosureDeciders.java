package org.balsam.usecase.project;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reminds owners and platform administrators of a closing that waits for their decision. */
@Component
public class RemindClosureDeciders {

  private final ClosureLedger closures;
  private final Messenger messenger;
  private final Clock clock;

  RemindClosureDeciders(ClosureLedger closures, Messenger messenger, Clock clock) {
    this.closures = closures;
    this.messenger = messenger;
    this.clock = clock;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it on the same day sends nothing more. */
  @Transactional
  public void handle(Command command) {
    var id = command.project();
    var closure = closures.require(id, ClosureStage.REQUESTED);
    messenger.send(
        new Messenger.Notice(
            id + "/closure-overdue/" + LocalDate.now(clock),
            Messenger.Kind.TASK,
            id,
            List.of(Actor.PLATFORM_ADMINISTRATORS, Role.OWNER.group(id)),
            "The closing of " + id + " waits for approval",
            closure.requestedBy()
                + " asked to close the project and another owner or an administrator has to decide: "
                + closure.reason(),
            ""));
  }
}
