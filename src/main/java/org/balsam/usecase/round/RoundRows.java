package org.balsam.usecase.round;

import org.balsam.kernel.NotFound;
import org.balsam.kernel.RoundId;
import org.springframework.stereotype.Component;

/** Finds the rows that a command is about. */
@Component
class RoundRows {

  private final RoundRepository rounds;
  private final RunRepository runs;

  RoundRows(RoundRepository rounds, RunRepository runs) {
    this.rounds = rounds;
    this.runs = runs;
  }

  RoundEntity round(RoundId round) {
    return rounds.findById(round.value()).orElseThrow(() -> noRound(round));
  }

  /** The round, for this transaction alone. */
  RoundEntity lock(RoundId round) {
    return rounds.lock(round.value()).orElseThrow(() -> noRound(round));
  }

  RunEntity run(RoundId round, long number) {
    return run(RunEntity.id(round, number));
  }

  RunEntity run(String id) {
    return runs.findById(id).orElseThrow(() -> new NotFound("there is no run " + id));
  }

  /** The run whose results the round stands on. */
  RunEntity newestRun(RoundEntity round) {
    return run(round.roundId(), round.run);
  }

  private static NotFound noRound(RoundId round) {
    return new NotFound("there is no round " + round);
  }
}
