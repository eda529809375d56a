package org.balsam.usecase.model;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells everybody in the project which version is in use after a roll-back. */
@Component
public class NotifyRollback {

  private final RollbackRepository rollbacks;
  private final RollbackNotices notices;
  private final AuditTrail trail;

  NotifyRollback(RollbackRepository rollbacks, RollbackNotices notices, AuditTrail trail) {
    this.rollbacks = rollbacks;
    this.notices = notices;
    this.trail = trail;
  }

  /** After which roll-back. */
  public record Command(RollbackId rollback) {}

  /** Does it, once. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var row = rollbacks.locked(command.rollback());
    var restored = row.state == RollbackState.RESTORED;
    var now = restored ? row.champion : row.target;
    trail.record(
        AuditEntry.done("model.rollback.announced", row.project, row.id).with("champion", now));
    notices.send(
        Messenger.Kind.ALARM,
        row,
        restored ? "restored" : "rolled-back",
        now + " is in use again",
        "Instead of %s. Reason: %s%s"
            .formatted(
                restored ? row.target : row.champion,
                restored ? row.settlementReason : row.reason,
                row.state == RollbackState.IN_FORCE ? " The approval is open." : ""));
  }
}
