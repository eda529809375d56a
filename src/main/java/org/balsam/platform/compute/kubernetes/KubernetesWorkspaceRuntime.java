package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.KubernetesProperties;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.runner.LogTail;
import org.balsam.platform.compute.runner.SpecCheck;
import org.balsam.platform.compute.workspace.ServiceLog;

/**
 * Keeps each project's workspaces in a namespace, each as a Deployment with a volume, and with a
 * Service and an Ingress where a person works in it. A workspace to look into has no volume and
 * runs nothing: what it would hold is pinned in the Deployment's plan. Everything that is known is
 * kept in the cluster.
 */
public final class KubernetesWorkspaceRuntime implements WorkspaceRuntime {

  private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?");
  private static final int CONFLICT = 409;
  private static final int ATTEMPTS = 10;
  private static final int LOG_LINES = 2000;
  private static final int LOG_BYTES = 4 << 20;

  private final KubernetesClient client;
  private final ClusterNames names;
  private final ProjectNamespace namespaces;
  private final WorkspaceManifest manifest;
  private final TemplateObjects templates;
  private final WorkspacePlans plans;
  private final WorkspaceKeys keys;
  private final WorkspaceView view;
  private final WorkspaceArchive archive;
  private final Clock clock;

  KubernetesWorkspaceRuntime(
      KubernetesClient client,
      ClusterNames names,
      KubernetesProperties settings,
      ProjectNamespace namespaces,
      WorkspacePlans plans,
      StorageKeys storage,
      Clock clock) {
    this.client = client;
    this.names = names;
    this.namespaces = namespaces;
    this.manifest = new WorkspaceManifest(settings, names);
    this.templates = new TemplateObjects(settings, manifest, client.getKubernetesSerialization());
    this.plans = plans;
    this.keys = new WorkspaceKeys(client, manifest, storage);
    this.view = new WorkspaceView(client, manifest, clock);
    this.archive = new WorkspaceArchive(client, manifest, plans, keys);
    this.clock = clock;
  }

  @Override
  public void ensureSpace(ProjectId project) {
    namespaces.ensure(project);
  }

  @Override
  public void removeSpace(ProjectId project) {
    namespaces.remove(project);
  }

  @Override
  public void check(WorkspaceSpec spec) {
    admit(spec);
    if (spec.size() != null) {
      KubernetesErrorMapper.run(
          "cannot read the quota of " + spec.project(),
          () -> new SpaceQuota(client, names).require(spec.project(), spec.size()));
    }
  }

  private void admit(WorkspaceSpec spec) {
    check(spec.id());
    if (spec.manifests() != null) {
      templates.check(spec, spec.manifests());
    } else if (spec.size() != null) {
      manifest.machine(spec.size());
    }
  }

  @Override
  public Workspace ensureWorkspace(WorkspaceSpec spec) {
    admit(spec);
    SpecCheck.checkInputs(spec.inputs());
    spec.inputs().forEach(plans::requireGranted);
    return KubernetesErrorMapper.call(
        "cannot make the workspace " + spec.id(),
        () -> {
          var present = find(spec.project(), spec.id(), true);
          var wanted = deployment(spec, present);
          if (spec.manifests() != null) {
            templates
                .belongings(spec, spec.manifests(), wanted)
                .forEach(thing -> requireOwn(spec, thing));
          }
          var deployment = apply(wanted);
          if (spec.interactive()) {
            var plan = plans.plan(spec);
            manifest.files(spec, plan, deployment).forEach(this::apply);
            keys.give(plan, deployment);
            service(spec, deployment);
          }
          return view.of(spec.project(), deployment, Optional.empty());
        });
  }

  private void service(WorkspaceSpec spec, Deployment deployment) {
    if (spec.manifests() == null) {
      manifest.service(spec, deployment).forEach(this::apply);
      apply(manifest.token(spec, token(spec), deployment));
    } else {
      templates.belongings(spec, spec.manifests(), deployment).forEach(this::apply);
    }
  }

  /** Whose name a template takes is not its own choice. */
  private void requireOwn(WorkspaceSpec spec, HasMetadata thing) {
    var found = client.resource(thing).get();
    if (found != null
        && (!names.owns(found, spec.project())
            || !spec.id().equals(found.getMetadata().getLabels().get(ClusterNames.WORKSPACE)))) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "the template makes the %s %s, which is there and not of this workspace"
              .formatted(thing.getKind(), thing.getMetadata().getName()));
    }
  }

  /** As it shall be; one that is there keeps what was noted about it. */
  private Deployment deployment(WorkspaceSpec spec, Optional<Deployment> present) {
    var suspended = present.map(WorkspaceView::suspended).flatMap(reason -> reason);
    var hasService = manifest.hasService() || spec.manifests() != null;
    var replicas = spec.interactive() && hasService && suspended.isEmpty() ? 1 : 0;
    var made =
        spec.manifests() == null
            ? manifest.deployment(spec, keys.variables(), replicas)
            : templates.deployment(spec, spec.manifests(), keys.variables(), replicas);
    var kept = new DeploymentBuilder(made).editMetadata();
    suspended.ifPresent(reason -> kept.addToAnnotations(WorkspaceManifest.SUSPENDED, reason));
    present
        .map(one -> one.getMetadata().getAnnotations().get(WorkspaceManifest.CHANGED))
        .ifPresent(changed -> kept.addToAnnotations(WorkspaceManifest.CHANGED, changed));
    return kept.endMetadata().build();
  }

  /** The token that is there, otherwise a new one. */
  private String token(WorkspaceSpec spec) {
    return secret(spec.project(), spec.id())
        .map(found -> decoded(found))
        .orElseGet(KubernetesWorkspaceRuntime::newToken);
  }

  private static String newToken() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public Optional<Workspace> find(ProjectId project, String workspace) {
    check(workspace);
    return KubernetesErrorMapper.call(
        "cannot look at the workspace " + workspace,
        () ->
            find(project, workspace, false)
                .map(found -> view.of(project, found, credential(project, found))));
  }

  @Override
  public Workspace suspend(ProjectId project, String workspace, String reason) {
    return change(
        "suspend",
        project,
        workspace,
        found ->
            WorkspaceView.suspended(found).isPresent()
                ? found
                : annotated(found, WorkspaceManifest.SUSPENDED, reason, 0));
  }

  @Override
  public Workspace resume(ProjectId project, String workspace) {
    check(workspace);
    KubernetesErrorMapper.run(
        "cannot give the workspace " + workspace + " a key of the storage",
        () -> keys.renew(required(project, workspace)));
    return change(
        "resume",
        project,
        workspace,
        found -> {
          var runs =
              WorkspaceView.isInteractive(found)
                  && (manifest.hasService() || WorkspaceView.template(found).isPresent());
          var resumed =
              annotated(found, WorkspaceManifest.CHANGED, clock.instant().toString(), runs ? 1 : 0);
          resumed.getMetadata().getAnnotations().remove(WorkspaceManifest.SUSPENDED);
          return resumed;
        });
  }

  private interface Change {
    Deployment of(Deployment found);
  }

  private Workspace change(String what, ProjectId project, String workspace, Change change) {
    check(workspace);
    return KubernetesErrorMapper.call(
        "cannot " + what + " the workspace " + workspace,
        () -> {
          var now = changed(project, workspace, change);
          return view.of(project, now, credential(project, now));
        });
  }

  /** The cluster itself writes Deployments all the time, so a conflict is tried again. */
  private Deployment changed(ProjectId project, String workspace, Change change) {
    for (int attempt = 1; ; attempt++) {
      var found = required(project, workspace);
      var changed = change.of(found);
      if (changed == found) {
        return found;
      }
      try {
        return client.resource(changed).lockResourceVersion().update();
      } catch (KubernetesClientException trouble) {
        if (trouble.getCode() != CONFLICT || attempt == ATTEMPTS) {
          throw trouble;
        }
      }
    }
  }

  private static Deployment annotated(Deployment found, String key, String value, int replicas) {
    return new DeploymentBuilder(found)
        .editMetadata()
        .addToAnnotations(key, value)
        .endMetadata()
        .editSpec()
        .withReplicas(replicas)
        .endSpec()
        .build();
  }

  @Override
  public Optional<Credential> credential(ProjectId project, String workspace) {
    check(workspace);
    return KubernetesErrorMapper.call(
        "cannot read the sign-in of the workspace " + workspace,
        () -> credential(project, required(project, workspace)));
  }

  private Optional<Credential> credential(ProjectId project, Deployment found) {
    return Integer.valueOf(0).equals(found.getSpec().getReplicas())
        ? Optional.empty()
        : secret(project, found.getMetadata().getName())
            .map(
                secret ->
                    new Credential(
                        URI.create("https://" + manifest.host(found.getMetadata().getName()) + "/"),
                        decoded(secret)));
  }

  /** A pod reads its token when it starts; another annotation makes another pod. */
  @Override
  public void renewCredential(ProjectId project, String workspace) {
    check(workspace);
    KubernetesErrorMapper.run(
        "cannot renew the sign-in of the workspace " + workspace,
        () -> {
          var found = required(project, workspace);
          if (secret(project, workspace).isPresent()) {
            keys.plan(found)
                .ifPresent(plan -> apply(manifest.token(plan.spec(), newToken(), found)));
            keys.renew(found);
            changed(project, workspace, one -> restarted(one, clock.instant().toString()));
          }
        });
  }

  private static Deployment restarted(Deployment found, String at) {
    return new DeploymentBuilder(found)
        .editSpec()
        .editTemplate()
        .editMetadata()
        .addToAnnotations(WorkspaceManifest.SIGN_IN, at)
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  @Override
  public String logTail(ProjectId project, String workspace, int maxBytes) {
    check(workspace);
    return KubernetesErrorMapper.call(
        "cannot read the log of the workspace " + workspace,
        () -> {
          var log = view.log(required(project, workspace), LOG_LINES, LOG_BYTES);
          var token = secret(project, workspace).map(found -> decoded(found)).stream().toList();
          // a cluster that stops at its limit stops within a line
          var isCut = log.getBytes(StandardCharsets.UTF_8).length >= LOG_BYTES;
          var shown = ServiceLog.shown(isCut ? ServiceLog.endedLines(log) : log, token);
          return LogTail.of(shown.getBytes(StandardCharsets.UTF_8), maxBytes);
        });
  }

  @Override
  public void archive(ProjectId project, String workspace, OutputStream sink) throws IOException {
    check(workspace);
    var found =
        KubernetesErrorMapper.call(
            "cannot archive the workspace " + workspace, () -> required(project, workspace));
    archive.write(project, found, sink);
  }

  @Override
  public void removeWorkspace(ProjectId project, String workspace) {
    check(workspace);
    KubernetesErrorMapper.run(
        "cannot remove the workspace " + workspace,
        () -> {
          find(project, workspace, false).ifPresent(this::delete);
          keys.end(project, workspace);
          var namespace = names.namespace(project);
          client
              .persistentVolumeClaims()
              .inNamespace(namespace)
              .withLabel(ClusterNames.WORKSPACE, workspace)
              .delete();
        });
  }

  private void delete(HasMetadata thing) {
    client.resource(thing).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  private <T extends HasMetadata> T apply(T thing) {
    return client
        .resource(thing)
        .fieldManager(ClusterNames.FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  private Deployment required(ProjectId project, String workspace) {
    return find(project, workspace, false)
        .orElseThrow(() -> new NotFound("there is no workspace " + workspace));
  }

  /**
   * The Deployment; empty when it is somebody else's.
   *
   * @param refuse whether somebody else's is refused instead
   */
  private Optional<Deployment> find(ProjectId project, String workspace, boolean refuse) {
    var found =
        Optional.ofNullable(
            client
                .apps()
                .deployments()
                .inNamespace(names.namespace(project))
                .withName(workspace)
                .get());
    if (refuse && found.isPresent() && !names.owns(found.get(), project)) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "a Deployment " + workspace + " exists that Balsam did not make");
    }
    return found.filter(one -> names.owns(one, project));
  }

  private Optional<Secret> secret(ProjectId project, String workspace) {
    return Optional.ofNullable(
        client
            .secrets()
            .inNamespace(names.namespace(project))
            .withName(WorkspaceManifest.secretName(workspace))
            .get());
  }

  private static String decoded(Secret secret) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(WorkspaceManifest.TOKEN)),
        StandardCharsets.US_ASCII);
  }

  private static void check(String workspace) {
    if (!ID.matcher(workspace).matches()) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "workspace",
          "a workspace's id must match " + ID + ", for example ws-emp-industry-ujdoe01");
    }
  }
}
