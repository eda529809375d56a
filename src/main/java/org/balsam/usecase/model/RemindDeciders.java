package org.balsam.usecase.model;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reminds those whose decision on a roll-back is overdue, once a day. */
@Component
public class RemindDeciders {

  private final RollbackRepository rollbacks;
  private final RollbackNotices notices;
  private final Clock clock;

  RemindDeciders(RollbackRepository rollbacks, RollbackNotices notices, Clock clock) {
    this.rollbacks = rollbacks;
    this.notices = notices;
    this.clock = clock;
  }

  /** Of which roll-back. */
  public record Command(RollbackId rollback) {}

  /** Does it; repeating it on the same day sends nothing more. */
  @Transactional
  public void handle(Command command) {
    var row = rollbacks.locked(command.rollback());
    notices.send(
        Messenger.Kind.TASK,
        row,
        "overdue/" + LocalDate.now(clock.withZone(ZoneOffset.UTC)),
        "Overdue: decision on the roll-back of " + row.model,
        "The roll-back %s is %s and waits for a person who did not ask for it."
            .formatted(row.id, row.state.value()),
        row.state == RollbackState.DISPUTED
            ? new Role[] {Role.QUALITY, Role.OWNER}
            : new Role[] {Role.OWNER});
  }
}
