package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime.Credential;
import org.balsam.platform.compute.WorkspaceRuntime.State;
import org.balsam.platform.compute.WorkspaceRuntime.Workspace;
import org.balsam.platform.compute.workspace.JupyterProbe;
import org.jspecify.annotations.Nullable;

/** Says what a workspace's Deployment and its pods mean. */
final class WorkspaceView {

  /** Of a service that is not Balsam's own. */
  private static final String UNSEEN =
      "It runs. Whether it is used cannot be seen, so it is not suspended by itself.";

  private static final List<Integer> NO_LOG_YET = List.of(400, 404);

  private final KubernetesClient client;
  private final WorkspaceManifest manifest;
  private final Clock clock;

  WorkspaceView(KubernetesClient client, WorkspaceManifest manifest, Clock clock) {
    this.client = client;
    this.manifest = manifest;
    this.clock = clock;
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

  /** Where one of a template is opened; empty for Balsam's own service. */
  static Optional<URI> template(Deployment deployment) {
    return annotation(deployment, WorkspaceManifest.URL).map(URI::create);
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
    var template = template(deployment);
    if (template.isEmpty() && !manifest.hasService()) {
      return view(
          project,
          deployment,
          State.READY,
          "No image for workspaces is configured, so no service was started.",
          null);
    }
    var url =
        template.orElseGet(
            () -> URI.create("https://" + manifest.host(deployment.getMetadata().getName()) + "/"));
    var status = deployment.getStatus();
    if (status != null && status.getReadyReplicas() != null && status.getReadyReplicas() > 0) {
      return template.isPresent()
          ? used(view(project, deployment, State.RUNNING, UNSEEN, url), clock.instant())
          : running(project, deployment, url, credential);
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
                      .inContainer(
                          deployment
                              .getSpec()
                              .getTemplate()
                              .getSpec()
                              .getContainers()
                              .get(0)
                              .getName())
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
        .map(moment -> used(found, moment))
        .orElse(found);
  }

  private static Workspace used(Workspace found, Instant at) {
    return new Workspace(
        found.id(),
        found.project(),
        found.location(),
        found.state(),
        found.message(),
        found.url(),
        at);
  }

  /** Why it does not start. */
  private Optional<String> trouble(Deployment deployment) {
    var waiting =
        pods(deployment).stream().map(PodTrouble::waiting).flatMap(Optional::stream).findFirst();
    return waiting.isPresent()
        ? waiting.map(why -> why + missing(deployment, why))
        : refusal(deployment);
  }

  /** The Secret of a template is made by somebody else. */
  private static String missing(Deployment deployment, String why) {
    return annotation(deployment, WorkspaceManifest.SECRET)
        .filter(secret -> why.toLowerCase(Locale.ROOT).contains("secret"))
        .map(
            secret ->
                "; the template needs the Secret %s in the namespace %s, which who administers the"
                        .formatted(secret, deployment.getMetadata().getNamespace())
                    + " cluster makes")
        .orElse("");
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
