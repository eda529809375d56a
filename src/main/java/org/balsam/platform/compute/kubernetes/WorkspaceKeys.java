package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.workspace.PodWorkspace;

/**
 * The storage keys of workspaces. They live for hours and a workspace for months, so each work with
 * the storage gets a new one: placing the files, resuming before they were placed, the archive.
 */
final class WorkspaceKeys {

  private final KubernetesClient client;
  private final WorkspaceManifest manifest;
  private final StorageKeys storage;

  WorkspaceKeys(KubernetesClient client, WorkspaceManifest manifest, StorageKeys storage) {
    this.client = client;
    this.manifest = manifest;
    this.storage = storage;
  }

  /** Where the storage is, without secrets. */
  Map<String, String> variables() {
    return storage.variables();
  }

  /** Puts a new key into the workspace's Secret. */
  void give(PodWorkspace plan, Deployment workspace) {
    client
        .resource(manifest.storage(plan.spec(), storage.files(plan), workspace))
        .fieldManager(ClusterNames.FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  /** The same for a workspace that exists; nothing for one that nobody works in. */
  void renew(Deployment workspace) {
    plan(workspace).ifPresent(plan -> give(plan, workspace));
  }

  /** What its containers were told; empty for one that nobody works in. */
  Optional<PodWorkspace> plan(Deployment workspace) {
    var meta = workspace.getMetadata();
    var plan =
        client
            .configMaps()
            .inNamespace(meta.getNamespace())
            .withName(WorkspaceManifest.planName(meta.getName()))
            .get();
    return Optional.ofNullable(plan)
        .map(
            found ->
                JobJson.read(
                    found.getMetadata().getName(),
                    found
                        .getData()
                        .get(WorkspaceManifest.PLAN_FILE)
                        .getBytes(StandardCharsets.UTF_8),
                    PodWorkspace.class));
  }

  /** Ends its keys. Idempotent. */
  void end(ProjectId project, String workspace) {
    storage.end(project, workspace);
  }
}
