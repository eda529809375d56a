package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.KubernetesProperties;
import org.balsam.platform.compute.KubernetesProperties.Profile;
import org.balsam.platform.compute.WorkspaceRuntime.Size;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.platform.compute.workspace.PodWorkspace;

/**
 * What is made in the cluster for one workspace. Everything belongs to its Deployment and goes with
 * it.
 */
final class WorkspaceManifest {

  static final String SUSPENDED = "balsam.org/suspended";
  static final String CHANGED = "balsam.org/changed-at";

  /** When the token that its pods have was drawn. */
  static final String SIGN_IN = "balsam.org/sign-in-renewed-at";

  /** Where one of a template is opened. */
  static final String URL = "balsam.org/url";

  /** Which Secret one of a template needs, with its keys. */
  static final String SECRET = "balsam.org/secret";

  /** Whether a person works in it. */
  static final String INTERACTIVE = "balsam.org/interactive";

  static final String TOKEN = "token";
  static final String SERVICE = "service";

  /** The container that places code and inputs. */
  static final String PLACE = "place";

  /** Where the volume with {@code files/} of the workspace is mounted. */
  static final String FOLDER = "/balsam/workspace";

  /** That volume. */
  static final String FILES = "balsam-files";

  /** Of a workspace that nobody works in, which is never started. */
  private static final Size NOTHING = new Size(1, 512, 0);

  /** The file in it. */
  static final String PLAN_FILE = "workspace.json";

  private static final String PLAN = "/balsam/plan";
  private static final String SETTINGS = "/balsam/service";
  private static final String SETTINGS_FILE = "jupyter_server_config.json";
  private static final int HELPER_MIB = 768;
  private static final int ARCHIVE_SECONDS = 3600;

  private final KubernetesProperties settings;
  private final ClusterNames names;
  private final PodSecurity security;

  WorkspaceManifest(KubernetesProperties settings, ClusterNames names) {
    this.settings = settings;
    this.names = names;
    this.security = new PodSecurity(settings.user());
  }

  /** The name of the Secret with what its user signs in by. */
  static String secretName(String workspace) {
    return workspace + "-token";
  }

  static String archiveName(String workspace) {
    return workspace + "-archive";
  }

  /** The host name of its service. */
  String host(String workspace) {
    return settings.workspaces().host().replace("{workspace}", workspace);
  }

  /** Whether a service is started in interactive ones. */
  boolean hasService() {
    return !settings.workspaces().image().isEmpty();
  }

  Deployment deployment(WorkspaceSpec spec, Map<String, String> storage, int replicas) {
    var labels = labels(spec);
    var builder =
        new DeploymentBuilder()
            .withMetadata(meta(spec, spec.id(), null))
            .editMetadata()
            .addToAnnotations(INTERACTIVE, String.valueOf(spec.interactive()))
            .endMetadata()
            .withNewSpec()
            .withReplicas(replicas)
            .withRevisionHistoryLimit(0)
            .withNewStrategy()
            .withType("Recreate")
            .endStrategy()
            .withNewSelector()
            .addToMatchLabels(ClusterNames.WORKSPACE, spec.id())
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(labels)
            .endMetadata()
            .withSpec(pod(spec, storage))
            .endTemplate()
            .endSpec();
    return builder.build();
  }

  /** The volume of what people make, and what the containers are told. */
  List<HasMetadata> files(WorkspaceSpec spec, PodWorkspace plan, Deployment owner) {
    var volume =
        new PersistentVolumeClaimBuilder()
            .withMetadata(meta(spec, spec.id(), owner))
            .withNewSpec()
            .withAccessModes("ReadWriteOnce")
            .withStorageClassName(orNull(settings.workspaces().storageClass()))
            .withNewResources()
            .addToRequests("storage", new Quantity(settings.workspaces().size()))
            .endResources()
            .endSpec()
            .build();
    return List.of(volume, plan(spec, plan, owner));
  }

  /** How people reach Balsam's own service. */
  List<HasMetadata> service(WorkspaceSpec spec, Deployment owner) {
    var service =
        new ServiceBuilder()
            .withMetadata(meta(spec, spec.id(), owner))
            .withNewSpec()
            .withSelector(Map.of(ClusterNames.WORKSPACE, spec.id()))
            .addNewPort()
            .withName("http")
            .withPort(NamespaceContents.SERVICE_PORT)
            .withTargetPort(new IntOrString(NamespaceContents.SERVICE_PORT))
            .endPort()
            .endSpec()
            .build();
    var ingress =
        new IngressBuilder()
            .withMetadata(meta(spec, spec.id(), owner))
            .withNewSpec()
            .withIngressClassName(orNull(settings.workspaces().ingressClass()))
            .addNewTl()
            .withHosts(host(spec.id()))
            .endTl()
            .addNewRule()
            .withHost(host(spec.id()))
            .withNewHttp()
            .addNewPath()
            .withPath("/")
            .withPathType("Prefix")
            .withNewBackend()
            .withNewService()
            .withName(spec.id())
            .withNewPort()
            .withNumber(NamespaceContents.SERVICE_PORT)
            .endPort()
            .endService()
            .endBackend()
            .endPath()
            .endHttp()
            .endRule()
            .endSpec()
            .build();
    return List.of(service, ingress);
  }

  private ConfigMap plan(WorkspaceSpec spec, PodWorkspace plan, Deployment owner) {
    return new ConfigMapBuilder()
        .withMetadata(meta(spec, planName(spec.id()), owner))
        .withData(Map.of(PLAN_FILE, new String(JobJson.write(plan), StandardCharsets.UTF_8)))
        .build();
  }

  /** The key of the storage. */
  Secret storage(WorkspaceSpec spec, Map<String, String> files, Deployment owner) {
    return new SecretBuilder()
        .withMetadata(meta(spec, spec.id() + "-storage", owner))
        .withType("Opaque")
        .withData(Owners.encoded(files))
        .build();
  }

  /** The name of the ConfigMap with what the containers are told. */
  static String planName(String workspace) {
    return workspace + "-plan";
  }

  /** What its user signs in by, and the settings of the service that hold it. */
  Secret token(WorkspaceSpec spec, String token, Deployment owner) {
    var server =
        new TreeMap<String, Object>(
            Map.of(
                "ip",
                "0.0.0.0",
                "port",
                NamespaceContents.SERVICE_PORT,
                "port_retries",
                0,
                "open_browser",
                false,
                "root_dir",
                FOLDER + "/files",
                "allow_remote_access",
                true));
    var file =
        JobJson.write(Map.of("ServerApp", server, "IdentityProvider", Map.of("token", token)));
    return new SecretBuilder()
        .withMetadata(meta(spec, secretName(spec.id()), owner))
        .withType("Opaque")
        .withData(
            Owners.encoded(
                Map.of(TOKEN, token, SETTINGS_FILE, new String(file, StandardCharsets.UTF_8))))
        .build();
  }

  /** A Job that packs what people made, for the object storage. */
  Job archive(Deployment owner, Map<String, String> storage) {
    var workspace = owner.getMetadata().getName();
    var meta = owner.getMetadata();
    return new JobBuilder()
        .withNewMetadata()
        .withName(archiveName(workspace))
        .withNamespace(meta.getNamespace())
        .withLabels(meta.getLabels())
        .removeFromLabels(ClusterNames.WORKSPACE)
        .withOwnerReferences(Owners.reference(owner))
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(1)
        .withActiveDeadlineSeconds((long) ARCHIVE_SECONDS)
        .withTtlSecondsAfterFinished(ARCHIVE_SECONDS)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(meta.getLabels())
        .removeFromLabels(ClusterNames.WORKSPACE)
        .endMetadata()
        .withSpec(
            base(workspace)
                .withSecurityContext(owner.getSpec().getTemplate().getSpec().getSecurityContext())
                .withRestartPolicy("Never")
                .withContainers(helper("archive", storage))
                .build())
        .endTemplate()
        .endSpec()
        .build();
  }

  private PodSpec pod(WorkspaceSpec spec, Map<String, String> storage) {
    var pod =
        base(spec.id())
            .addToVolumes(secret("service", secretName(spec.id())))
            .withInitContainers(helper(PLACE, storage))
            .withContainers(service(spec));
    return spec.size() == null ? pod.build() : Machines.choose(pod, machine(spec.size())).build();
  }

  /**
   * The kind of machine that it goes to.
   *
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED when there is none of this size
   */
  Profile machine(Size size) {
    return Machines.of(settings, size.cpu(), size.memoryMib(), size.gpu());
  }

  private PodSpecBuilder base(String workspace) {
    return new PodSpecBuilder()
        .withServiceAccountName(NamespaceContents.POD_ACCOUNT)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(security.pod())
        .withVolumes(volumes(workspace));
  }

  /** Balsam's own container: it places or packs the files of the workspace. */
  Container helper(String what, Map<String, String> storage) {
    return new ContainerBuilder()
        .withName(what)
        .withImage(settings.image())
        .withArgs("step", "workspace", what, PLAN + "/" + PLAN_FILE, FOLDER)
        .withEnv(
            new TreeMap<>(storage)
                .entrySet().stream()
                    .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null))
                    .toList())
        .addToEnv(PodSecurity.UTF_8)
        .withSecurityContext(PodSecurity.container())
        .withResources(PodSecurity.resources("1", HELPER_MIB, 0))
        .withVolumeMounts(
            mount(FILES, FOLDER, false),
            mount("balsam-tmp", "/tmp", false),
            mount("balsam-plan", PLAN, true),
            mount("balsam-storage", StorageKeys.FOLDER, true))
        .build();
  }

  /** Kubernetes replaces {@code $(NAME)} in values, which would be another value. */
  private Container service(WorkspaceSpec spec) {
    var size = spec.size() == null ? NOTHING : spec.size();
    return new ContainerBuilder()
        .withName(SERVICE)
        .withImage(hasService() ? settings.workspaces().image() : settings.image())
        .withCommand("jupyter-lab", "--config=" + SETTINGS + "/" + SETTINGS_FILE)
        .withWorkingDir(FOLDER)
        .withEnv(
            new TreeMap<>(spec.variables())
                .entrySet().stream()
                    .map(one -> new EnvVar(one.getKey(), one.getValue().replace("$(", "$$("), null))
                    .toList())
        .addToEnv(new EnvVar("HOME", FOLDER + "/files/home", null))
        .withSecurityContext(PodSecurity.container())
        .withResources(
            PodSecurity.resources(String.valueOf(size.cpu()), size.memoryMib(), size.gpu()))
        .addNewPort()
        .withContainerPort(NamespaceContents.SERVICE_PORT)
        .endPort()
        .withNewReadinessProbe()
        .withNewTcpSocket()
        .withPort(new IntOrString(NamespaceContents.SERVICE_PORT))
        .endTcpSocket()
        .withPeriodSeconds(5)
        .endReadinessProbe()
        .withVolumeMounts(
            mount(FILES, FOLDER, false),
            mount("balsam-tmp", "/tmp", false),
            mount("service", SETTINGS, true))
        .build();
  }

  /** What that container needs; the files are for the others, too. */
  static List<Volume> volumes(String workspace) {
    return List.of(
        new VolumeBuilder()
            .withName(FILES)
            .withNewPersistentVolumeClaim()
            .withClaimName(workspace)
            .endPersistentVolumeClaim()
            .build(),
        new VolumeBuilder()
            .withName("balsam-tmp")
            .withNewEmptyDir()
            .withSizeLimit(new Quantity("1Gi"))
            .endEmptyDir()
            .build(),
        new VolumeBuilder()
            .withName("balsam-plan")
            .withNewConfigMap()
            .withName(planName(workspace))
            .endConfigMap()
            .build(),
        secret("balsam-storage", workspace + "-storage"));
  }

  private static Volume secret(String volume, String name) {
    return new VolumeBuilder()
        .withName(volume)
        .withNewSecret()
        .withSecretName(name)
        .withDefaultMode(0440)
        .endSecret()
        .build();
  }

  private static VolumeMount mount(String volume, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(volume)
        .withMountPath(path)
        .withReadOnly(readOnly)
        .build();
  }

  /** By which Balsam and the network policies know it. */
  Map<String, String> labels(WorkspaceSpec spec) {
    var labels = names.labels(spec.project(), ClusterNames.WORKSPACE, spec.id());
    labels.put(ClusterNames.NETWORK, spec.network().name().toLowerCase(Locale.ROOT));
    return labels;
  }

  ObjectMeta meta(
      WorkspaceSpec spec, String name, @org.jspecify.annotations.Nullable Deployment owner) {
    var meta = new ObjectMetaBuilder(names.meta(spec.project(), name)).withLabels(labels(spec));
    return owner == null ? meta.build() : meta.withOwnerReferences(Owners.reference(owner)).build();
  }

  private static @org.jspecify.annotations.Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
