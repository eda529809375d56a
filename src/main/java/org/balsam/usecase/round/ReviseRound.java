package org.balsam.usecase.round;

import java.time.Instant;
import org.balsam.kernel.Actor;
import org.balsam.kernel.RoundId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Starts the next revision of a published round. */
@Component
public class ReviseRound {

  private final StartRound start;

  ReviseRound(StartRound start) {
    this.start = start;
  }

  /**
   * What to revise.
   *
   * @param reason shown to the public
   */
  public record Command(
      RoundId predecessor,
      RevisionType type,
      String reason,
      Actor actor,
      @Nullable Instant plannedRelease) {}

  /** The revision that was started. */
  public record Result(RoundId round) {}

  /** Starts it, as {@link StartRound} does for a person. */
  public Result handle(Command command) {
    var predecessor = command.predecessor;
    var result =
        start.handle(
            new StartRound.Command(
                predecessor.project(),
                predecessor.period(),
                new StartRound.RevisionOf(predecessor, command.type, command.reason),
                Trigger.PERSON,
                command.actor,
                command.plannedRelease));
    return new Result(result.round());
  }
}
