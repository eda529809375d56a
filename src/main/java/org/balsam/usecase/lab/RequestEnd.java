package org.balsam.usecase.lab;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ExplorationId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for an exploration to end before its date, or takes the request for it back. */
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
   * Asks for it; who asked for the exploration and the owner may. Its outcome is decided next. One
   * that was only asked for is withdrawn, once: nobody has to approve it any more.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE when it is over or its outcome is being decided
   */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.inAnyState(command.exploration, command.actor);
    if (exploration.isWithdrawn()) {
      return;
    }
    if (exploration.state == ExplorationState.REQUESTED) {
      withdraw(exploration, command);
    } else {
      OpenExplorations.requireOpen(exploration);
      trail.record(entry("exploration.end-requested", exploration));
      process.end(command.exploration);
    }
  }

  private void withdraw(ExplorationEntity exploration, Command command) {
    exploration.withdraw(command.actor.id());
    trail.record(entry("exploration.withdrawal-requested", exploration));
    process.withdraw(command.exploration);
  }

  private static AuditEntry entry(String action, ExplorationEntity exploration) {
    return AuditEntry.done(action, exploration.project, exploration.id);
  }
}
