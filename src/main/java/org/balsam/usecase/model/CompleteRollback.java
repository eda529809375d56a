package org.balsam.usecase.model;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the outcome of a roll-back: it stands, or it was taken back. */
@Component
public class CompleteRollback {

  private final RollbackRepository rollbacks;
  private final AuditTrail trail;

  CompleteRollback(RollbackRepository rollbacks, AuditTrail trail) {
    this.rollbacks = rollbacks;
    this.trail = trail;
  }

  /** Which. */
  public record Command(RollbackId rollback) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var row = rollbacks.locked(command.rollback());
    if (row.state != RollbackState.RESTORED) {
      row.enter(
          RollbackState.COMPLETED,
          RollbackState.REQUESTED,
          RollbackState.IN_FORCE,
          RollbackState.DISPUTED);
    }
    trail.record(
        AuditEntry.done("model.rollback.completed", row.project, row.id)
            .with("outcome", row.state.value()));
  }
}
