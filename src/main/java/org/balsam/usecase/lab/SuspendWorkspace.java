package org.balsam.usecase.lab;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stops what runs in a workspace because somebody asked for it. */
@Component
public class SuspendWorkspace {

  private final ExplorationRepository explorations;
  private final WorkspaceRuntime workspaces;
  private final AuditTrail trail;
  private final Clock clock;

  SuspendWorkspace(
      ExplorationRepository explorations,
      WorkspaceRuntime workspaces,
      AuditTrail trail,
      Clock clock) {
    this.explorations = explorations;
    this.workspaces = workspaces;
    this.trail = trail;
    this.clock = clock;
  }

  /** What to suspend, and why. */
  public record Command(ExplorationId exploration, String reason) {}

  /** Makes sure that it is suspended. */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    workspaces.suspend(
        command.exploration.project(), exploration.workspace, "Suspended: " + command.reason);
    exploration.enter(ExplorationState.SUSPENDED, clock.instant());
    trail.record(
        AuditEntry.done("exploration.suspended", exploration.project, exploration.id)
            .because(command.reason));
  }
}
