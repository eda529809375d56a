package org.balsam.usecase.lab;

import java.time.Clock;
import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.messaging.Messenger;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes the lab branch and the workspace of an exploration. */
@Component
public class OpenWorkspace {

  private final ExplorationRepository explorations;
  private final Forge forge;
  private final ObjectStore store;
  private final WorkspaceRuntime workspaces;
  private final ExplorationManifests manifests;
  private final LabProperties properties;
  private final LabNotices notices;
  private final AuditTrail trail;
  private final Clock clock;

  OpenWorkspace(
      ExplorationRepository explorations,
      Forge forge,
      ObjectStore store,
      WorkspaceRuntime workspaces,
      ExplorationManifests manifests,
      LabProperties properties,
      LabNotices notices,
      AuditTrail trail,
      Clock clock) {
    this.explorations = explorations;
    this.forge = forge;
    this.store = store;
    this.workspaces = workspaces;
    this.manifests = manifests;
    this.properties = properties;
    this.notices = notices;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to open.
   *
   * @param grantSet reference of the manifest of the granted objects
   */
  public record Command(ExplorationId exploration, String grantSet) {}

  /**
   * Makes sure that it is open; one that was open before is resumed as people left it.
   *
   * @throws Rejection DATA_CHANGED when a granted object has other bytes than its version says;
   *     WRONG_STATE when its request was taken back
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    exploration.requireNotWithdrawn();
    var project = command.exploration.project();
    // what people made since then must not be lost to a data set that has changed meanwhile
    if (exploration.commitId != null
        && workspaces.find(project, exploration.workspace).isPresent()) {
      workspaces.resume(project, exploration.workspace);
    } else {
      make(exploration, Manifest.read(store, Manifest.Reference.parse(command.grantSet)));
    }
    exploration.enter(ExplorationState.ACTIVE, clock.instant());
    notices.tell(
        Messenger.Kind.PROGRESS,
        exploration,
        "opened/" + exploration.renewals,
        "Workspace opened",
        "The workspace %s of %s can be used until %s."
            .formatted(exploration.workspace, exploration.requestedBy, exploration.endDate));
  }

  private void make(ExplorationEntity exploration, Manifest inputs) {
    var project = exploration.explorationId().project();
    var commit =
        forge.ensureBranch(project, exploration.branch, BranchNames.git(exploration.begunAt()));
    workspaces.ensureWorkspace(
        new WorkspaceSpec(
            exploration.workspace,
            project,
            exploration.branch,
            commit,
            placed(inputs),
            exploration.network,
            true,
            exploration.serviceVariables(),
            properties.size(exploration.hardware),
            manifests.of(exploration).orElse(null)));
    exploration.commitId = commit;
    trail.record(
        AuditEntry.done("exploration.opened", exploration.project, exploration.id)
            .with("workspace", exploration.workspace)
            .with("template", exploration.madeFrom())
            .with("branch", exploration.branch)
            .with("commit", commit)
            .with("inputs", inputs.sha256().value()));
  }

  /** Each object under the path of its dataset version: {@code in/lfs/raw/x/2026-q3-r0.1/x.csv}. */
  private static List<JobSpec.Input> placed(Manifest manifest) {
    return manifest.entries().stream()
        .map(
            entry ->
                new JobSpec.Input(
                    "in/" + entry.input() + "/" + entry.fileName(),
                    entry.bucket(),
                    entry.key(),
                    entry.versionId(),
                    entry.size(),
                    entry.sha256()))
        .toList();
  }
}
