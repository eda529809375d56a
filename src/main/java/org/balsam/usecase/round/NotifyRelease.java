package org.balsam.usecase.round;

import java.util.List;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the project's people that a round is released. */
@Component
public class NotifyRelease {

  private final RoundRows rows;
  private final Messenger messenger;

  NotifyRelease(RoundRows rows, Messenger messenger) {
    this.rows = rows;
    this.messenger = messenger;
  }

  /** Which round. */
  public record Command(RoundId round) {}

  /** Tells them once. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var round = rows.round(command.round);
    var id = command.round;
    messenger.send(
        new Messenger.Notice(
            id + "/released",
            Messenger.Kind.RELEASE,
            id.project(),
            List.of(),
            id + " is released",
            "Round %s was released at %s. Tag %s marks its code; the evidence can be downloaded."
                .formatted(id, round.releasedAt, id.releaseTag()),
            Links.to(id)));
  }
}
