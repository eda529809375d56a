package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.KubernetesProperties;
import org.balsam.platform.compute.KubernetesProperties.Profile;
import org.balsam.platform.compute.runner.PodJob;
import org.balsam.platform.compute.runner.PodScript;

/**
 * What is made in the cluster for one job: the Job with its pod of three containers that run one
 * after the other, its plan (a ConfigMap) and the keys of the storage (a Secret).
 */
final class JobManifest {

  /** The container that runs the command. */
  static final String STEP = "step";

  static final String FETCH = "fetch";
  static final String PUBLISH = "publish";
  static final String GPU = "nvidia.com/gpu";
  private static final String QUEUE = "kueue.x-k8s.io/queue-name";
  private static final String FOLDER = "/balsam/job";
  private static final String PLAN = "/balsam/plan";
  private static final String PLAN_FILE = "job.json";

  /** A ConfigMap holds 1 MiB. */
  private static final int MAX_PLAN = 1_000_000;

  /** Beside the step's own memory, where Balsam's runner is in the step's container. */
  private static final int RUNNER_MIB = 768;

  private static final int HELPER_MIB = 768;
  private static final long CODE_BYTES = 2L << 30;

  private final KubernetesProperties settings;
  private final ClusterNames names;
  private final PodSecurity security;

  JobManifest(KubernetesProperties settings, ClusterNames names) {
    this.settings = settings;
    this.names = names;
    this.security = new PodSecurity(settings.user());
  }

  /** The Job; it waits for plan and Secret. */
  Job job(JobSpec spec, Map<String, String> storage) {
    var asked = spec.resources();
    var profile = Machines.of(settings, asked.cpu(), asked.memoryMib(), asked.gpu());
    var labels = names.labels(spec.project(), ClusterNames.JOB, spec.id().value());
    labels.put(ClusterNames.NETWORK, spec.network().name().toLowerCase(Locale.ROOT));
    var all = spec.resources().timeLimit().plus(settings.grace());
    var builder =
        new JobBuilder()
            .withMetadata(names.meta(spec.project(), spec.id().value()))
            .editMetadata()
            .addToLabels(labels)
            .endMetadata()
            .withNewSpec()
            .withBackoffLimit(settings.backoffLimit())
            .withActiveDeadlineSeconds(seconds(all.plus(settings.startLimit())))
            .withTtlSecondsAfterFinished(Math.toIntExact(seconds(settings.keepFor())))
            .withNewPodFailurePolicy()
            .addNewRule()
            .withAction("Ignore")
            .addNewOnPodCondition("True", "DisruptionTarget")
            .endRule()
            .addNewRule()
            .withAction("FailJob")
            .withNewOnExitCodes()
            .withContainerName(STEP)
            .withOperator("NotIn")
            .withValues(0)
            .endOnExitCodes()
            .endRule()
            .endPodFailurePolicy()
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(labels)
            .endMetadata()
            .withSpec(pod(spec, profile, storage, seconds(all)))
            .endTemplate()
            .endSpec();
    if (!profile.queue().isEmpty()) {
      builder
          .editMetadata()
          .addToLabels(QUEUE, profile.queue())
          .endMetadata()
          .editSpec()
          .withSuspend(true)
          .endSpec();
    }
    return builder.build();
  }

  /**
   * What the containers are told.
   *
   * @throws Rejection LIMIT_EXCEEDED when it does not fit into a ConfigMap
   */
  ConfigMap plan(PodJob job, Job owner) {
    var text = new String(JobJson.write(job), StandardCharsets.UTF_8);
    if (text.length() > MAX_PLAN) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED,
          "the step has %d inputs, more than a job in the cluster can be told of (%d of %d bytes);"
                  .formatted(job.spec().inputs().size(), text.length(), MAX_PLAN)
              + " split the step");
    }
    return new ConfigMapBuilder()
        .withMetadata(names.meta(job.spec().project(), planName(job.spec())))
        .editMetadata()
        .withOwnerReferences(Owners.reference(owner))
        .endMetadata()
        .withData(Map.of(PLAN_FILE, text))
        .build();
  }

  Secret secret(JobSpec spec, Map<String, String> files, Job owner) {
    return new SecretBuilder()
        .withMetadata(names.meta(spec.project(), secretName(spec)))
        .editMetadata()
        .withOwnerReferences(Owners.reference(owner))
        .endMetadata()
        .withType("Opaque")
        .withData(Owners.encoded(files))
        .build();
  }

  private PodSpec pod(JobSpec spec, Profile profile, Map<String, String> storage, long deadline) {
    var pod =
        new PodSpecBuilder()
            .withServiceAccountName(NamespaceContents.POD_ACCOUNT)
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withRestartPolicy("Never")
            .withActiveDeadlineSeconds(deadline)
            .withSecurityContext(security.pod())
            .withInitContainers(helper(FETCH, storage), step(spec))
            .withContainers(helper(PUBLISH, storage))
            .withVolumes(volumes(spec));
    return Machines.choose(pod, profile).build();
  }

  /** Only these know the storage. */
  private Container helper(String phase, Map<String, String> storage) {
    return new ContainerBuilder()
        .withName(phase)
        .withImage(settings.image())
        .withArgs("step", "phase", phase, PLAN + "/" + PLAN_FILE, FOLDER)
        .withEnv(variables(storage))
        .addToEnv(PodSecurity.UTF_8)
        .withSecurityContext(PodSecurity.container())
        .withResources(PodSecurity.resources("1", HELPER_MIB, 0))
        .withVolumeMounts(
            mount("job", FOLDER, false),
            mount("tmp", "/tmp", false),
            mount("plan", PLAN, true),
            mount("storage", StorageKeys.FOLDER, true))
        .build();
  }

  private Container step(JobSpec spec) {
    var resources = spec.resources();
    var image = image(spec);
    var builder =
        new ContainerBuilder().withName(STEP).withSecurityContext(PodSecurity.container());
    if (image.isEmpty()) {
      return builder
          .withImage(settings.image())
          .withArgs("step", "phase", "run", PLAN + "/" + PLAN_FILE, FOLDER)
          .withEnv(PodSecurity.UTF_8)
          .withResources(
              PodSecurity.resources(
                  String.valueOf(resources.cpu()),
                  resources.memoryMib() + RUNNER_MIB,
                  resources.gpu()))
          .withVolumeMounts(
              mount("job", FOLDER, false), mount("tmp", "/tmp", false), mount("plan", PLAN, true))
          .build();
    }
    return builder
        .withImage(image)
        .withCommand(command(spec))
        .withEnv(variables(spec.environment()))
        .withResources(
            PodSecurity.resources(
                String.valueOf(resources.cpu()), resources.memoryMib(), resources.gpu()))
        .withVolumeMounts(mount("job", FOLDER, false), mount("tmp", "/tmp", false))
        .build();
  }

  /** The image of the command; empty for Balsam's own. */
  private String image(JobSpec spec) {
    var kind = spec.command().kind();
    if (kind == JobSpec.Kind.SQL || kind == JobSpec.Kind.JAVA) {
      return "";
    }
    return spec.image().isEmpty()
        ? settings.images().getOrDefault(kind.name().toLowerCase(Locale.ROOT), "")
        : spec.image();
  }

  private static List<String> command(JobSpec spec) {
    var file = spec.command().file();
    var line = new ArrayList<>(List.of("/bin/sh", FOLDER + "/" + PodScript.FILE));
    var script = spec.command().script();
    switch (spec.command().kind()) {
      case PYTHON -> line.addAll(List.of("python3", script));
      case R -> line.addAll(List.of("Rscript", "--vanilla", script));
      case NOTEBOOK -> {
        line.add("papermill");
        line.addAll(spec.command().notebookArguments());
      }
      case COMMAND -> line.add(file.contains("/") ? "code/" + file : file);
      case SQL, JAVA -> throw new IllegalArgumentException("runs in Balsam's image");
    }
    line.addAll(spec.command().arguments());
    return line;
  }

  private static List<Volume> volumes(JobSpec spec) {
    var bytes =
        spec.resources().maxOutputBytes()
            + spec.inputs().stream().mapToLong(JobSpec.Input::size).sum()
            + CODE_BYTES;
    return List.of(
        new VolumeBuilder()
            .withName("job")
            .withNewEmptyDir()
            .withSizeLimit(new Quantity(String.valueOf(bytes)))
            .endEmptyDir()
            .build(),
        new VolumeBuilder()
            .withName("tmp")
            .withNewEmptyDir()
            .withSizeLimit(new Quantity("1Gi"))
            .endEmptyDir()
            .build(),
        new VolumeBuilder()
            .withName("plan")
            .withNewConfigMap()
            .withName(planName(spec))
            .endConfigMap()
            .build(),
        new VolumeBuilder()
            .withName("storage")
            .withNewSecret()
            .withSecretName(secretName(spec))
            .withDefaultMode(0440)
            .endSecret()
            .build());
  }

  private static String planName(JobSpec spec) {
    return spec.id() + "-plan";
  }

  private static String secretName(JobSpec spec) {
    return spec.id() + "-storage";
  }

  private static VolumeMount mount(String volume, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(volume)
        .withMountPath(path)
        .withReadOnly(readOnly)
        .build();
  }

  private static List<EnvVar> variables(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(entry -> new EnvVar(entry.getKey(), entry.getValue().replace("$(", "$$("), null))
            .toList();
  }

  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).getSeconds());
  }
}
