package org.balsam.usecase.round;

import java.util.function.Consumer;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.Refusals;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.springframework.stereotype.Component;

/** What all requests that change the course of a round have in common. */
@Component
class RoundRequests {

  private final RoundRows rows;
  private final Refusals refusals;
  private final AuditTrail trail;

  RoundRequests(RoundRows rows, Refusals refusals, AuditTrail trail) {
    this.rows = rows;
    this.refusals = refusals;
    this.trail = trail;
  }

  /** Runs {@code ask} on the locked round in one transaction, and records it either way. */
  void handle(String action, RoundId round, String reason, Consumer<RoundEntity> ask) {
    refusals.recorded(
        action,
        round.project(),
        round.value(),
        () -> {
          if (reason.isBlank()) {
            throw new Rejection(ErrorCode.REASON_REQUIRED, "give the reason; it is kept for good");
          }
          ask.accept(rows.lock(round));
          return trail.record(
              AuditEntry.done(action, round.project().value(), round.value()).because(reason));
        });
  }
}
