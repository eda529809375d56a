package org.balsam.usecase.model;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a roll-back that was not approved. */
@Component
public class RejectRollback {

  private final RollbackRepository rollbacks;
  private final RollbackNotices notices;
  private final AuditTrail trail;

  RejectRollback(RollbackRepository rollbacks, RollbackNotices notices, AuditTrail trail) {
    this.rollbacks = rollbacks;
    this.notices = notices;
    this.trail = trail;
  }

  /** Which. */
  public record Command(RollbackId rollback) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var row = rollbacks.locked(command.rollback());
    row.enter(RollbackState.REJECTED, RollbackState.REQUESTED);
    trail.record(AuditEntry.done("model.rollback.rejected", row.project, row.id));
    notices.send(
        Messenger.Kind.PROGRESS,
        row,
        "rejected",
        "Roll-back of " + row.model + " rejected",
        "%s stays in use. %s decided: %s"
            .formatted(row.champion, row.decidedBy, row.decisionReason),
        Role.OWNER,
        Role.PRODUCTION,
        Role.QUALITY,
        Role.SUBJECT,
        Role.METHODOLOGY);
  }
}
