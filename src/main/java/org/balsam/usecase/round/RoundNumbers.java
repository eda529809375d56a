package org.balsam.usecase.round;

import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.springframework.stereotype.Component;

/**
 * Numbers the rounds of a period: each number is used once, also that of a round that ended without
 * a publication. Whoever asks holds {@link #lock} until the round is saved.
 */
@Component
class RoundNumbers {

  private final RoundRepository rounds;

  RoundNumbers(RoundRepository rounds) {
    this.rounds = rounds;
  }

  /** Lets one transaction at a time number the rounds of a period. */
  void lock(ProjectId project, Period period) {
    rounds.lockName(project + "-" + period);
  }

  /**
   * The round that the command asks for.
   *
   * @throws Rejection ALREADY_EXISTS when the period has a round that goes on or that was published
   */
  RoundId next(StartRound.Command command) {
    var existing =
        rounds.findByProjectAndPeriodOrderByRevisionDesc(
            command.project().value(), command.period().value());
    return new RoundId(command.project(), command.period(), revision(command, existing));
  }

  private static int revision(StartRound.Command command, List<RoundEntity> existing) {
    if (existing.isEmpty()) {
      return asked(command);
    }
    var newest = existing.get(0);
    var predecessor = command.revisionOf() == null ? null : command.revisionOf().predecessor();
    if (predecessor == null) {
      requireFruitless(newest, published(existing), command.trigger());
    } else if (!newest.id.equals(predecessor.value())) {
      requireNothingAfter(predecessor, newest, published(existing));
    }
    return newest.revision + 1;
  }

  /** The number when nothing is in the way. */
  static int asked(StartRound.Command command) {
    return command.revisionOf() == null ? 0 : command.revisionOf().predecessor().revision() + 1;
  }

  private static Optional<RoundEntity> published(List<RoundEntity> existing) {
    return existing.stream().filter(round -> round.state.published()).findFirst();
  }

  private static void requireFruitless(
      RoundEntity newest, Optional<RoundEntity> published, Trigger trigger) {
    if (published.isPresent()) {
      throw exists(published.get(), "a published round is corrected by its next revision");
    }
    if (!newest.state.fruitless()) {
      throw exists(newest, "finish it, or cancel it before another is started");
    }
    if (trigger != Trigger.PERSON) {
      throw exists(newest, "only a person can start the period again");
    }
  }

  private static void requireNothingAfter(
      RoundId predecessor, RoundEntity newest, Optional<RoundEntity> published) {
    if (!newest.state.fruitless()) {
      throw exists(newest, "it is the newest of its period; finish, cancel or revise that one");
    }
    if (published.isPresent() && !published.get().id.equals(predecessor.value())) {
      throw exists(published.get(), "it is the newest published one; revise that one");
    }
  }

  private static Rejection exists(RoundEntity round, String advice) {
    return new Rejection(
        ErrorCode.ALREADY_EXISTS,
        "round %s exists and is %s; %s".formatted(round.id, round.state.value(), advice));
  }
}
