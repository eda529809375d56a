package org.balsam.usecase.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipFile;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what people made in a workspace: all of it as one ZIP in the project's bucket {@code work},
 * and changed code as a commit on the lab branch. Files that were deleted in the workspace stay in
 * the branch.
 */
@Component
public class ArchiveWorkspace {

  private static final int LARGEST_FILE = 16 << 20;
  private static final long LARGEST_COMMIT = 64 << 20;

  private final ExplorationRepository explorations;
  private final WorkspaceRuntime workspaces;
  private final ObjectStore store;
  private final BucketNames buckets;
  private final Forge forge;
  private final AuditTrail trail;

  ArchiveWorkspace(
      ExplorationRepository explorations,
      WorkspaceRuntime workspaces,
      ObjectStore store,
      BucketNames buckets,
      Forge forge,
      AuditTrail trail) {
    this.explorations = explorations;
    this.workspaces = workspaces;
    this.store = store;
    this.buckets = buckets;
    this.forge = forge;
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
      var zip = Files.createTempFile("balsam-archive", ".zip");
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
    var commit = commit(exploration, zip);
    trail.record(
        AuditEntry.done("exploration.archived", exploration.project, exploration.id)
            .with("archive", exploration.archive)
            .with("commit", commit));
  }

  private String commit(ExplorationEntity exploration, Path zip) throws IOException {
    var project = exploration.explorationId().project();
    var tip = forge.resolve(project, "refs/heads/" + exploration.branch).orElseThrow();
    var changed = changedCode(exploration, tip, zip);
    if (changed.isEmpty()) {
      return tip;
    }
    return forge.commit(
        project,
        exploration.branch,
        new Forge.Change(
            changed,
            "Keep the workspace of " + exploration.id,
            new Forge.Author(exploration.requestedBy, exploration.requestedBy + "@users.invalid"),
            false));
  }

  /** What a repository can hold of it; everything is in the archive. */
  private Map<String, byte[]> changedCode(ExplorationEntity exploration, String tip, Path zip)
      throws IOException {
    var changed = new LinkedHashMap<String, byte[]>();
    var bytes = 0L;
    try (var archive = new ZipFile(zip.toFile())) {
      for (var entry : java.util.Collections.list(archive.entries())) {
        if (!entry.getName().startsWith("code/")
            || entry.getSize() > LARGEST_FILE
            || bytes + entry.getSize() > LARGEST_COMMIT) {
          continue;
        }
        var path = entry.getName().substring("code/".length());
        try (var content = archive.getInputStream(entry)) {
          var now = content.readAllBytes();
          if (isChanged(exploration, tip, path, now)) {
            changed.put(path, now);
            bytes += now.length;
          }
        }
      }
    }
    return changed;
  }

  private boolean isChanged(ExplorationEntity exploration, String tip, String path, byte[] now) {
    try {
      return forge
          .read(exploration.explorationId().project(), tip, path)
          .filter(before -> Arrays.equals(before, now))
          .isEmpty();
    } catch (Invalid notForARepository) {
      return false;
    }
  }
}
