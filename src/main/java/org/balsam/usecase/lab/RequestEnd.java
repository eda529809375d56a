package org.balsam.usecase.lab;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ExplorationId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for an exploration to end before its date. */
@Component
public class RequestEnd {

  private final OpenExplorations explorations;
  private final LabProcess process;
  private final AuditTrail trail;

  RequestEnd(OpenExplorations explorations, LabProcess process, AuditTrail trail) {
    this.explorations = explorations;
    this.process = process;
    this.trail = trail;
  }

  /** What to end, and who wants it. */
  public record Command(ExplorationId exploration, Actor actor) {}

  /**
   * Asks for it; who asked for the exploration and the owner may. Its outcome is decided next.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE when it cannot be worked in
   */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.of(command.exploration, command.actor);
    trail.record(AuditEntry.done("exploration.end-requested", exploration.project, exploration.id));
    process.end(command.exploration);
  }
}
