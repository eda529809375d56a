package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Probe;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.WorkspaceRuntime.Size;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;

/**
 * Makes a namespace with its limits and policies, writes and reads a plan in it, and has the server
 * judge a Job and a workspace without keeping them. The namespace stays.
 */
final class KubernetesProbe implements Probe {

  private static final ProjectId OWNER = new ProjectId("balsam-probe");

  private final KubernetesClient client;
  private final ClusterNames names;
  private final ProjectNamespace namespaces;
  private final JobManifest jobs;
  private final WorkspaceManifest workspaces;

  KubernetesProbe(
      KubernetesClient client,
      ClusterNames names,
      ProjectNamespace namespaces,
      JobManifest jobs,
      WorkspaceManifest workspaces) {
    this.client = client;
    this.names = names;
    this.namespaces = namespaces;
    this.jobs = jobs;
    this.workspaces = workspaces;
  }

  @Override
  public String port() {
    return "compute";
  }

  @Override
  public String target() {
    return "kubernetes " + client.getMasterUrl();
  }

  @Override
  public void check() {
    namespaces.ensure(OWNER);
    KubernetesErrorMapper.run(
        "cannot use the namespace " + names.namespace(OWNER),
        () -> {
          var plan = client.resource(plan()).create();
          try {
            requireThatItIsThere(plan);
            client.resource(jobs.job(job(), Map.of())).dryRun(true).create();
            client.resource(workspaces.deployment(workspace(), Map.of(), 1)).dryRun(true).create();
          } finally {
            client.resource(plan).delete();
          }
        });
  }

  /** One request, as Balsam's own account. */
  @Override
  public void glance() {
    KubernetesErrorMapper.run(
        "cannot look at the namespace " + names.namespace(OWNER), () -> namespaces.find(OWNER));
  }

  private void requireThatItIsThere(ConfigMap plan) {
    var found = client.resource(plan).get();
    if (found == null || !plan.getData().equals(found.getData())) {
      throw new ExternalFailure(
          KubernetesErrorMapper.SYSTEM, true, "what was written cannot be read again", null);
    }
  }

  private ConfigMap plan() {
    var id = UUID.randomUUID().toString();
    return new ConfigMapBuilder()
        .withMetadata(names.meta(OWNER, "probe-" + id))
        .withData(Map.of("probe", id))
        .build();
  }

  private static JobSpec job() {
    return new JobSpec(
        new JobId(OWNER + "-explore-000000"),
        OWNER,
        new JobSpec.Code(URI.create("bundle:none"), "0".repeat(40)),
        List.of(),
        new JobSpec.Command(JobSpec.Kind.COMMAND, "true", List.of()),
        Map.of(),
        List.of(),
        new JobSpec.Resources(1, 64, 0, Duration.ofMinutes(1), 1 << 20),
        JobSpec.NetworkClass.OFFLINE);
  }

  private static WorkspaceSpec workspace() {
    return new WorkspaceSpec(
        "ws-" + OWNER + "-u0",
        OWNER,
        "main",
        "0".repeat(40),
        List.of(),
        JobSpec.NetworkClass.OFFLINE,
        true,
        Map.of(),
        new Size(1, 512, 0),
        null);
  }
}
