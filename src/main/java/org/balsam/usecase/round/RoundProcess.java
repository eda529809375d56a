package org.balsam.usecase.round;

import java.time.Instant;
import org.balsam.kernel.RoundId;

/**
 * The running process of a round. Every call takes part in the caller's transaction; a round whose
 * process is not there, or not waiting for the call, is a {@link org.balsam.kernel.Rejection}
 * WRONG_STATE.
 */
public interface RoundProcess {

  /** Starts the process of a round that has none. */
  void start(RoundId round, Trigger trigger);

  /** Ends the round before its release; everything that it made is kept. */
  void cancel(RoundId round, String reason);

  /** Takes back what the round published. */
  void withdraw(RoundId round, String reason);

  /** Moves the moment of release of an embargoed round. */
  void postpone(RoundId round, Instant releaseAt, String reason);
}
