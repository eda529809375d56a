package org.balsam.usecase.lab;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Role;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends the work in a workspace, which is kept until its outcome is decided. */
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

  /** Which exploration's time is over. */
  public record Command(ExplorationId exploration) {}

  /** Suspends the workspace and asks for the outcome. */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    workspaces.suspend(
        command.exploration.project(),
        exploration.workspace,
        "Suspended: its time is over; the outcome is being decided.");
    exploration.enter(ExplorationState.DECIDING, clock.instant());
    trail.record(AuditEntry.done("exploration.term-ended", exploration.project, exploration.id));
    notices.tell(
        exploration,
        "deciding/" + exploration.renewals,
        "Exploration over",
        "Decide its outcome: stop, continue or transfer. The workspace is suspended until then.",
        Role.OWNER,
        Role.SUBJECT,
        Role.METHODOLOGY);
  }
}
