package org.balsam.usecase.lab;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Role;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends the work in a workspace, which is kept until its outcome is decided; after a transfer that
 * was refused, the outcome is undecided again.
 */
@Component
public class AwaitOutcome {

  private final ExplorationRepository explorations;
  private final WorkspaceRuntime workspaces;
  private final LabNotices notices;
  private final AuditTrail trail;
  private final Clock clock;

  AwaitOutcome(
      ExplorationRepository explorations,
      WorkspaceRuntime workspaces,
      LabNotices notices,
      AuditTrail trail,
      Clock clock) {
    this.explorations = explorations;
    this.workspaces = workspaces;
    this.notices = notices;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Which exploration's time is over.
   *
   * @param refusal why a transfer was refused; empty where none was
   */
  public record Command(ExplorationId exploration, String refusal) {}

  /** How it stands: whether it comes back from a transfer that was refused. */
  public record Result(boolean transferRefused) {}

  /** Suspends the workspace and asks for the outcome. */
  @Transactional
  public Result handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    if (exploration.outcome == Outcome.TRANSFER) {
      exploration.undecide();
      trail.record(
          AuditEntry.refused(
              "exploration.transferred", exploration.project, exploration.id, command.refusal));
      return new Result(true);
    }
    suspend(exploration);
    return new Result(false);
  }

  private void suspend(ExplorationEntity exploration) {
    var project = exploration.explorationId().project();
    if (workspaces.find(project, exploration.workspace).isPresent()) {
      workspaces.suspend(
          project,
          exploration.workspace,
          "Suspended: its time is over; the outcome is being decided.");
    }
    exploration.enter(ExplorationState.DECIDING, clock.instant());
    trail.record(AuditEntry.done("exploration.term-ended", exploration.project, exploration.id));
    notices.tell(
        Messenger.Kind.TASK,
        exploration,
        "deciding/" + exploration.renewals,
        "Exploration over",
        "Decide its outcome: stop, continue or transfer. The workspace is suspended until then.",
        Role.OWNER,
        Role.SUBJECT,
        Role.METHODOLOGY);
  }
}
