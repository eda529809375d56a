package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime.Credential;
import org.balsam.platform.compute.WorkspaceRuntime.State;
import org.balsam.platform.compute.WorkspaceRuntime.Workspace;
import org.balsam.platform.compute.workspace.JupyterProbe;
import org.jspecify.annotations.Nullable;

/** Says what a workspace's Deployment and its pods mean. */
final class WorkspaceView {

  private static final List<Integer> NO_LOG_YET = List.of(400, 404);

  private final KubernetesClient client;
  private final WorkspaceManifest manifest;

  WorkspaceView(KubernetesClient client, WorkspaceManifest manifest) {
    this.client = client;
    this.manifest = manifest;
  }

  /** Why it was suspended; empty when it was not. */
  static Optional<String> suspended(Deployment deployment) {
    return annotation(deployment, WorkspaceManifest.SUSPENDED);
  }

  /** Whether a person works in it. */
  static boolean isInteractive(Deployment deployment) {
    return annotation(deployment, WorkspaceManifest.INTERACTIVE)
        .map(Boolean::parseBoolean)
        .orElse(false);
  }

  /** How it stands. */
  Workspace of(ProjectId project, Deployment deployment, Optional<Credential> credential) {
    var suspended = suspended(deployment);
    if (suspended.isPresent()) {
      return view(project, deployment, State.SUSPENDED, suspended.get(), null);
    }
    if (!isInteractive(deployment)) {
      return view(
          project,
          deployment,
          State.READY,
          "Its code and inputs are pinned; nothing runs, and no files are kept in the cluster.",
          null);
    }
    if (!manifest.hasService()) {
      return view(
          project,
          deployment,
          State.READY,
          "No image for workspaces is configured, so no service was started.",
          null);
    }
    var url = URI.create("https://" + manifest.host(deployment.getMetadata().getName()) + "/");
    var status = deployment.getStatus();
    if (status != null && status.getReadyReplicas() != null && status.getReadyReplicas() > 0) {
      return running(project, deployment, url, credential);
    }
    var message = trouble(deployment).map(reason -> "It does not start yet: " + reason);
    return view(project, deployment, State.STARTING, message.orElse("It is starting."), url);
  }

  /** The end of what its service wrote. */
  String log(Deployment deployment, int lines, int bytes) {
    try {
      return pods(deployment).stream()
          .findFirst()
          .map(
              pod ->
                  client
                      .pods()
                      .resource(pod)
                      .inContainer(WorkspaceManifest.SERVICE)
                      .limitBytes(bytes)
                      .tailingLines(lines)
                      .getLog())
          .orElse("");
    } catch (KubernetesClientException trouble) {
      if (NO_LOG_YET.contains(trouble.getCode())) {
        return "";
      }
      throw trouble;
    }
  }

  private Workspace running(
      ProjectId project, Deployment deployment, URI url, Optional<Credential> credential) {
    var name = deployment.getMetadata().getName();
    var inside =
        URI.create(
            "http://%s.%s.svc:%d/"
                .formatted(
                    name, deployment.getMetadata().getNamespace(), NamespaceContents.SERVICE_PORT));
    var used =
        credential.flatMap(one -> JupyterProbe.lastActivity(new Credential(inside, one.token())));
    var found = view(project, deployment, State.RUNNING, "It runs.", url);
    return used.filter(moment -> moment.isAfter(found.lastActivity()))
        .map(
            moment ->
                new Workspace(
                    found.id(), project, found.location(), State.RUNNING, "It runs.", url, moment))
        .orElse(found);
  }

  /** Why it does not start. */
  private Optional<String> trouble(Deployment deployment) {
    var waiting =
        pods(deployment).stream().map(PodTrouble::waiting).flatMap(Optional::stream).findFirst();
    return waiting.isPresent() ? waiting : refusal(deployment);
  }

  private static Optional<String> refusal(Deployment deployment) {
    return deployment.getStatus() == null
        ? Optional.empty()
        : deployment.getStatus().getConditions().stream()
            .filter(condition -> condition.getType().equals("ReplicaFailure"))
            .filter(condition -> condition.getStatus().equals("True"))
            .map(condition -> String.valueOf(condition.getMessage()))
            .map(text -> KubernetesErrorMapper.quota(text).orElse("no pod can be made: " + text))
            .findFirst();
  }

  private List<Pod> pods(Deployment deployment) {
    return client
        .pods()
        .inNamespace(deployment.getMetadata().getNamespace())
        .withLabel(ClusterNames.WORKSPACE, deployment.getMetadata().getName())
        .list()
        .getItems();
  }

  private static Workspace view(
      ProjectId project, Deployment deployment, State state, String message, @Nullable URI url) {
    var meta = deployment.getMetadata();
    var begun = Instant.parse(meta.getCreationTimestamp());
    var changed =
        annotation(deployment, WorkspaceManifest.CHANGED).map(Instant::parse).orElse(begun);
    return new Workspace(
        meta.getName(),
        project,
        meta.getNamespace() + "/" + meta.getName(),
        state,
        message,
        url,
        changed.isAfter(begun) ? changed : begun);
  }

  private static Optional<String> annotation(Deployment deployment, String key) {
    var annotations = deployment.getMetadata().getAnnotations();
    return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(key));
  }
}
