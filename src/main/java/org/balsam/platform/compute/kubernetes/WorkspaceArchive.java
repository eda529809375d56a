package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipOutputStream;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ProjectId;

/** Brings what people made on a volume out of the cluster: a Job packs it and stores it. */
final class WorkspaceArchive {

  /** Well below the time for which a job of the engine is locked. */
  private static final long PATIENCE_S = 40;

  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final WorkspaceManifest manifest;
  private final WorkspacePlans plans;
  private final WorkspaceKeys keys;

  WorkspaceArchive(
      KubernetesClient client,
      WorkspaceManifest manifest,
      WorkspacePlans plans,
      WorkspaceKeys keys) {
    this.client = client;
    this.manifest = manifest;
    this.plans = plans;
    this.keys = keys;
  }

  /**
   * Writes the archive.
   *
   * @throws ExternalFailure when it is not made yet; asked again, it goes on where it was
   */
  void write(ProjectId project, Deployment workspace, OutputStream sink) throws IOException {
    var name = workspace.getMetadata().getName();
    if (!WorkspaceView.isInteractive(workspace)) {
      new ZipOutputStream(sink).finish();
      return;
    }
    var job =
        KubernetesErrorMapper.call(
            "cannot archive the workspace " + name, () -> finished(workspace));
    if (job.getStatus().getSucceeded() == null || job.getStatus().getSucceeded() == 0) {
      delete(job);
      throw new ExternalFailure(
          KubernetesErrorMapper.SYSTEM,
          true,
          "the archive of " + name + " could not be made",
          null);
    }
    try (var content = plans.open(plans.archive(project, name))) {
      content.transferTo(sink);
    }
    delete(job);
  }

  private Job finished(Deployment workspace) {
    var job = manifest.archive(workspace, keys.variables());
    try {
      keys.renew(workspace);
      client.resource(job).create();
    } catch (KubernetesClientException trouble) {
      if (trouble.getCode() != CONFLICT) {
        throw trouble;
      }
    }
    try {
      return client
          .resource(job)
          .waitUntilCondition(
              now -> now != null && JobView.hasEnded(now), PATIENCE_S, TimeUnit.SECONDS);
    } catch (KubernetesClientTimeoutException notYet) {
      throw new ExternalFailure(
          KubernetesErrorMapper.SYSTEM,
          true,
          "the archive of %s is still being made".formatted(workspace.getMetadata().getName()),
          notYet);
    }
  }

  private void delete(Job job) {
    KubernetesErrorMapper.run(
        "cannot remove the job that made the archive",
        () -> client.resource(job).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
  }
}
