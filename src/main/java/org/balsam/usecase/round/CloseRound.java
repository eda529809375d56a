package org.balsam.usecase.round;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a published round. */
@Component
public class CloseRound {

  private final RoundRows rows;
  private final AuditTrail trail;
  private final Clock clock;

  CloseRound(RoundRows rows, AuditTrail trail, Clock clock) {
    this.rows = rows;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to close.
   *
   * @param evaluated false when nobody evaluated it in time
   */
  public record Command(RoundId round, boolean evaluated) {}

  /** Closes it, once. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var round = rows.lock(command.round);
    if (round.evaluated != null) {
      return;
    }
    round.enter(RoundState.CLOSED, clock.instant());
    round.evaluated = command.evaluated;
    trail.record(
        AuditEntry.done("round.closed", round.project, round.id)
            .with("evaluated", command.evaluated));
  }
}
