package org.balsam.usecase.lab;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends an exploration that never began, and says why. */
@Component
public class RefuseExploration {

  private final ExplorationRepository explorations;
  private final WorkspaceRuntime workspaces;
  private final LabNotices notices;
  private final AuditTrail trail;
  private final Clock clock;

  RefuseExploration(
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

  /** What is refused, and why. */
  public record Command(ExplorationId exploration, String reason) {}

  /** Leaves nothing of it but its record. */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    workspaces.removeWorkspace(command.exploration.project(), exploration.workspace);
    exploration.enter(ExplorationState.REFUSED, clock.instant());
    exploration.endReason = command.reason;
    trail.record(
        AuditEntry.done("exploration.refused", exploration.project, exploration.id)
            .because(command.reason));
    notices.tell(
        Messenger.Kind.PROGRESS, exploration, "refused", "Exploration refused", command.reason);
  }
}
