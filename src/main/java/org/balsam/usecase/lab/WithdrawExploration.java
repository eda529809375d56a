package org.balsam.usecase.lab;

import java.util.Objects;
import org.balsam.kernel.ExplorationId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends an exploration whose request was taken back. */
@Component
public class WithdrawExploration {

  private final ExplorationRepository explorations;
  private final UnbegunExplorations unbegun;

  WithdrawExploration(ExplorationRepository explorations, UnbegunExplorations unbegun) {
    this.explorations = explorations;
    this.unbegun = unbegun;
  }

  /** Which was taken back. */
  public record Command(ExplorationId exploration) {}

  /** Leaves nothing of it but its record. */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    unbegun.end(
        exploration, ExplorationState.WITHDRAWN, Objects.requireNonNull(exploration.endReason));
  }
}
