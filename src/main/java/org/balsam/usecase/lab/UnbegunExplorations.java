package org.balsam.usecase.lab;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;

/** Ends explorations that never began. */
@Component
class UnbegunExplorations {

  private final WorkspaceRuntime workspaces;
  private final Forge forge;
  private final ExplorationManifests manifests;
  private final LabNotices notices;
  private final AuditTrail trail;
  private final Clock clock;

  UnbegunExplorations(
      WorkspaceRuntime workspaces,
      Forge forge,
      ExplorationManifests manifests,
      LabNotices notices,
      AuditTrail trail,
      Clock clock) {
    this.workspaces = workspaces;
    this.forge = forge;
    this.manifests = manifests;
    this.notices = notices;
    this.trail = trail;
    this.clock = clock;
  }

  /** Leaves nothing of a locked one but its record, and tells the project. */
  void end(ExplorationEntity exploration, ExplorationState state, String reason) {
    var project = exploration.explorationId().project();
    workspaces.removeWorkspace(project, exploration.workspace);
    if (forge.resolve(project, exploration.branch).isPresent()) {
      forge.removeBranch(project, exploration.branch);
    }
    manifests.remove(exploration);
    exploration.enter(state, clock.instant());
    exploration.endReason = reason;
    trail.record(
        AuditEntry.done("exploration." + state.value(), exploration.project, exploration.id)
            .because(reason));
    notices.tell(
        Messenger.Kind.PROGRESS,
        exploration,
        state.value(),
        "Exploration " + state.value(),
        reason);
  }
}
