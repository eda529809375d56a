package org.balsam.usecase.lab;

import org.balsam.kernel.Actor;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ShownText;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for a workspace to be suspended. */
@Component
public class RequestSuspension {

  private final OpenExplorations explorations;
  private final LabProcess process;

  RequestSuspension(OpenExplorations explorations, LabProcess process) {
    this.explorations = explorations;
    this.process = process;
  }

  /** What to suspend, why, and who wants it. */
  public record Command(ExplorationId exploration, String reason, Actor actor) {
    public Command {
      reason = ShownText.check("reason", reason, 1, 500);
    }
  }

  /**
   * Asks for it; who asked for the exploration and the owner may.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE when it is not active
   */
  @Transactional
  public void handle(Command command) {
    explorations.of(command.exploration, ExplorationState.ACTIVE, command.actor);
    process.suspend(command.exploration, command.reason);
  }
}
