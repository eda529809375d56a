package org.balsam.usecase.lab;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes the workspace of an exploration with what runs in it and its credentials. */
@Component
public class RemoveWorkspace {

  private final ExplorationRepository explorations;
  private final WorkspaceRuntime workspaces;
  private final ExplorationManifests manifests;
  private final WorkspaceShares shares;
  private final LabNotices notices;
  private final AuditTrail trail;
  private final Clock clock;

  RemoveWorkspace(
      ExplorationRepository explorations,
      WorkspaceRuntime workspaces,
      ExplorationManifests manifests,
      WorkspaceShares shares,
      LabNotices notices,
      AuditTrail trail,
      Clock clock) {
    this.explorations = explorations;
    this.workspaces = workspaces;
    this.manifests = manifests;
    this.shares = shares;
    this.notices = notices;
    this.trail = trail;
    this.clock = clock;
  }

  /** Whose workspace. */
  public record Command(ExplorationId exploration) {}

  /** Makes sure that it is gone; ends the exploration. */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    workspaces.removeWorkspace(command.exploration.project(), exploration.workspace);
    manifests.remove(exploration);
    shares.removeAll(exploration);
    if (exploration.outcome == null) {
      exploration.outcome = Outcome.STOP;
      exploration.outcomeReason = "nobody decided on the outcome in time";
    }
    exploration.endReason = exploration.outcomeReason;
    exploration.enter(ExplorationState.ENDED, clock.instant());
    trail.record(
        AuditEntry.done("exploration.ended", exploration.project, exploration.id)
            .with("outcome", exploration.outcome.value())
            .because(exploration.outcomeReason));
    notices.tell(
        Messenger.Kind.PROGRESS,
        exploration,
        "ended",
        "Exploration ended",
        "Outcome: %s. %s The workspace is removed; the branch %s and the archive are kept."
            .formatted(exploration.outcome.value(), exploration.outcomeReason, exploration.branch));
  }
}
