package org.balsam.usecase.round;

import java.time.Clock;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Notes that a round has reached a state. */
@Component
public class EnterState {

  private final RoundRows rows;
  private final Clock clock;

  EnterState(RoundRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** The state reached. */
  public record Command(RoundId round, RoundState state) {}

  /**
   * Notes it; entering the same state again changes nothing.
   *
   * @throws Rejection WRONG_STATE when the round has ended
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    rows.round(command.round).enter(command.state, clock.instant());
  }
}
