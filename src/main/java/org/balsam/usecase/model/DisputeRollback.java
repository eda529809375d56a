package org.balsam.usecase.model;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Names an emergency roll-back disputed that was refused afterwards. */
@Component
public class DisputeRollback {

  private final RollbackRepository rollbacks;
  private final RollbackNotices notices;
  private final AuditTrail trail;

  DisputeRollback(RollbackRepository rollbacks, RollbackNotices notices, AuditTrail trail) {
    this.rollbacks = rollbacks;
    this.notices = notices;
    this.trail = trail;
  }

  /** Which. */
  public record Command(RollbackId rollback) {}

  /** Does it; the champion stays as it is. Repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var row = rollbacks.locked(command.rollback());
    row.enter(RollbackState.DISPUTED, RollbackState.IN_FORCE);
    trail.record(
        AuditEntry.done("model.rollback.disputed", row.project, row.id)
            .with("champion", row.target));
    notices.send(
        Messenger.Kind.ALARM,
        row,
        "disputed",
        "Emergency roll-back of " + row.model + " refused",
        "%s is in use until quality decides. %s refused: %s"
            .formatted(row.target, row.decidedBy, row.decisionReason),
        Role.OWNER,
        Role.QUALITY,
        Role.PRODUCTION);
  }
}
