package org.balsam.usecase.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.TemporaryFolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what people made in a workspace: all of it as one ZIP in the project's bucket {@code work},
 * and changed code as a commit on the lab branch. Files that were deleted in the workspace stay in
 * the branch; files that look like credentials are kept nowhere.
 */
@Component
public class ArchiveWorkspace {

  private final ExplorationRepository explorations;
  private final WorkspaceRuntime workspaces;
  private final ObjectStore store;
  private final BucketNames buckets;
  private final WorkspaceCommits commits;
  private final TemporaryFolder temporary;
  private final AuditTrail trail;

  ArchiveWorkspace(
      ExplorationRepository explorations,
      WorkspaceRuntime workspaces,
      ObjectStore store,
      BucketNames buckets,
      WorkspaceCommits commits,
      TemporaryFolder temporary,
      AuditTrail trail) {
    this.explorations = explorations;
    this.workspaces = workspaces;
    this.store = store;
    this.buckets = buckets;
    this.commits = commits;
    this.temporary = temporary;
    this.trail = trail;
  }

  /** Whose workspace. */
  public record Command(ExplorationId exploration) {}

  /** Makes sure that it is archived; a workspace that is gone was archived before. */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    var project = command.exploration.project();
    if (workspaces.find(project, exploration.workspace).isEmpty()) {
      return;
    }
    try {
      var zip = temporary.file("archive", ".zip");
      try {
        archive(exploration, zip);
      } finally {
        Files.deleteIfExists(zip);
      }
    } catch (IOException trouble) {
      throw new ExternalFailure("workspaces", true, "cannot archive: " + trouble, trouble);
    }
  }

  private void archive(ExplorationEntity exploration, Path zip) throws IOException {
    var id = exploration.explorationId();
    try (var sink = Files.newOutputStream(zip)) {
      workspaces.archive(id.project(), exploration.workspace, sink);
    }
    var bucket = buckets.of(id.project(), "work");
    var stored =
        store.put(
            bucket,
            "lab/" + id + "/workspace.zip",
            Files.newInputStream(zip),
            Map.of("content-type", "application/zip"));
    exploration.archive =
        new Manifest.Reference(bucket, stored.key(), stored.versionId(), stored.sha256())
            .toString();
    var commit = commits.commit(exploration, zip);
    trail.record(
        AuditEntry.done("exploration.archived", exploration.project, exploration.id)
            .with("archive", exploration.archive)
            .with("commit", commit));
  }
}
