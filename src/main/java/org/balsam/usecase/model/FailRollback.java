package org.balsam.usecase.model;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps why a roll-back could not be done. */
@Component
public class FailRollback {

  private final RollbackRepository rollbacks;
  private final RollbackNotices notices;
  private final AuditTrail trail;

  FailRollback(RollbackRepository rollbacks, RollbackNotices notices, AuditTrail trail) {
    this.rollbacks = rollbacks;
    this.notices = notices;
    this.trail = trail;
  }

  /**
   * What happened.
   *
   * @param failure why, for people
   */
  public record Command(RollbackId rollback, String failure) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var row = rollbacks.locked(command.rollback());
    row.fail(command.failure());
    trail.record(
        AuditEntry.done("model.rollback.failed", row.project, row.id)
            .with("failure", command.failure()));
    notices.send(
        Messenger.Kind.ALARM,
        row,
        "failed",
        "Roll-back of " + row.model + " could not be done",
        "The alias was not moved. " + command.failure(),
        Role.OWNER,
        Role.QUALITY,
        Role.PRODUCTION);
  }
}
