package org.balsam.usecase.lab;

import org.balsam.kernel.ExplorationId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends an exploration that never began, and says why. */
@Component
public class RefuseExploration {

  private final ExplorationRepository explorations;
  private final UnbegunExplorations unbegun;

  RefuseExploration(ExplorationRepository explorations, UnbegunExplorations unbegun) {
    this.explorations = explorations;
    this.unbegun = unbegun;
  }

  /** What is refused, and why. */
  public record Command(ExplorationId exploration, String reason) {}

  /** Leaves nothing of it but its record. */
  @Transactional
  public void handle(Command command) {
    unbegun.end(explorations.lock(command.exploration), ExplorationState.REFUSED, command.reason);
  }
}
