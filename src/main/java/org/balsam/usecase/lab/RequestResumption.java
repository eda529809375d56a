package org.balsam.usecase.lab;

import org.balsam.kernel.Actor;
import org.balsam.kernel.ExplorationId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for a suspended workspace to be resumed. */
@Component
public class RequestResumption {

  private final OpenExplorations explorations;
  private final LabProcess process;

  RequestResumption(OpenExplorations explorations, LabProcess process) {
    this.explorations = explorations;
    this.process = process;
  }

  /** What to resume, and who wants it. */
  public record Command(ExplorationId exploration, Actor actor) {}

  /**
   * Asks for it; who asked for the exploration and the owner may.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE when it is not suspended
   */
  @Transactional
  public void handle(Command command) {
    explorations.of(command.exploration, ExplorationState.SUSPENDED, command.actor);
    process.resume(command.exploration);
  }
}
