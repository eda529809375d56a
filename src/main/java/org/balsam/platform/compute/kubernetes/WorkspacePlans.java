package org.balsam.platform.compute.kubernetes;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.platform.compute.workspace.PodWorkspace;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;

/** What the server and the pods of a workspace hand each other through the object storage. */
final class WorkspacePlans {

  private final ObjectStore store;
  private final JobResults results;

  WorkspacePlans(ObjectStore store, JobResults results) {
    this.store = store;
    this.results = results;
  }

  /** Packs and stores the workspace's code, and says what its pods are told. */
  PodWorkspace plan(WorkspaceSpec spec) {
    return new PodWorkspace(
        spec.withoutManifests(),
        results.bundle(spec.project(), spec.commit()),
        results.bucket(spec.project()),
        archiveKey(spec.id()));
  }

  /**
   * Compares the recorded checksum; the bytes are compared when they are fetched.
   *
   * @throws Rejection DATA_CHANGED when the object is not the granted one
   */
  void requireGranted(JobSpec.Input input) {
    var same =
        store
            .find(input.bucket(), input.key(), input.versionId())
            .filter(found -> found.size() == input.size())
            .filter(found -> found.sha256().equals(input.sha256()));
    if (same.isEmpty()) {
      throw new Rejection(
          ErrorCode.DATA_CHANGED,
          "input %s (object %s/%s, version %s) is gone or has other bytes than granted"
              .formatted(input.path(), input.bucket(), input.key(), input.versionId()));
    }
  }

  /** The stored archive. */
  StoredObject archive(ProjectId project, String workspace) {
    return store
        .find(results.bucket(project), archiveKey(workspace))
        .orElseThrow(() -> new IllegalStateException("its Job stored the archive"));
  }

  java.io.InputStream open(StoredObject archive) {
    return store.open(archive.bucket(), archive.key(), archive.versionId());
  }

  private static String archiveKey(String workspace) {
    return "workspaces/" + workspace + "/archive.zip";
  }
}
