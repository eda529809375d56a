package org.balsam.platform.compute.kubernetes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.compute.JobRuntimeContract;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.KubernetesProperties.Profile;
import org.balsam.platform.compute.KubernetesProperties.Toleration;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.testing.ScriptedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesJobRuntimeIT extends JobRuntimeContract {

  private static final String NAMESPACE = "prd-lfs";
  private static final List<JobId> TOLD = new CopyOnWriteArrayList<>();
  private static ClusterScene scene;
  private static KubernetesCompute compute;
  private static KubernetesJobRuntime runtime;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    scene = new ClusterScene(Map.of(SQL, SQL_TEXT));
    compute = scene.compute(scene.settings().build());
    compute.workspaces().ensureSpace(JobSpecFixture.PROJECT);
    runtime = compute.jobs(event -> TOLD.add(event.job()));
    runtime.start();
  }

  @AfterAll
  static void close() {
    if (compute != null) {
      runtime.stop();
      compute.workspaces().removeSpace(JobSpecFixture.PROJECT);
      soon().until(() -> admin().namespaces().withName(NAMESPACE).get() == null);
      compute.close();
    }
  }

  @Override
  protected JobRuntime runtime() {
    return runtime;
  }

  @Override
  protected ObjectStore store() {
    return scene.store;
  }

  @Override
  protected JobSpecFixture spec() {
    return scene.spec();
  }

  @Override
  protected List<JobId> told() {
    return TOLD;
  }

  @Override
  protected boolean looksIntoJobs() {
    return false;
  }

  private static KubernetesClient admin() {
    return scene.cluster.admin();
  }

  private static Job job(JobSpec spec) {
    return admin().batch().v1().jobs().inNamespace(NAMESPACE).withName(spec.id().value()).get();
  }

  private static List<Pod> pods(JobSpec spec) {
    return admin()
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("batch.kubernetes.io/job-name", spec.id().value())
        .list()
        .getItems();
  }

  private String message(JobSpec spec) {
    return runtime.status(spec.id()).orElseThrow().message();
  }

  @Test
  void aPodIsConfinedAndOnlyItsHelpersKnowTheStorage() {
    var spec = spec().shell("sleep 61.5").gpu(1).build();
    runtime.submit(spec);
    soon().until(() -> !pods(spec).isEmpty());

    var pod = pods(spec).get(0).getSpec();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getServiceAccountName()).isEqualTo(NamespaceContents.POD_ACCOUNT);
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getInitContainers())
        .extracting(container -> container.getName())
        .containsExactly("fetch", "step");
    for (var container : pod.getInitContainers()) {
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(container.getImage()).contains("@sha256:");
    }
    var step = pod.getInitContainers().get(1);
    assertThat(step.getEnv())
        .singleElement()
        .satisfies(one -> assertThat(one.getName()).isEqualTo("LC_ALL"));
    assertThat(step.getVolumeMounts())
        .extracting(mount -> mount.getName())
        .containsExactlyInAnyOrder("job", "tmp", "plan");
    assertThat(step.getResources().getLimits().get("nvidia.com/gpu").getAmount()).isEqualTo("1");
    assertThat(job(spec).toString() + pod).doesNotContain(ClusterScene.SECRET);
    var secret = secretOf(spec);
    assertThat(secret.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(job(spec).getMetadata().getUid()));
    runtime.cancel(spec.id());
    soon().untilAsserted(() -> assertThat(pods(spec)).isEmpty());
  }

  @Test
  void theKeyOfAPodReachesWhatItNeedsAndEndsWithTheJob() {
    var other = new BucketNames(ClusterScene.INSTALLATION).of(JobSpecFixture.PROJECT, "work");
    var hidden = scene.store.put(other, "hidden", new ByteArrayInputStream(new byte[1]), Map.of());
    var spec = spec().shell("sleep 61.5").build();
    runtime.submit(spec);
    soon().until(() -> secretOf(spec) != null);
    var lines = decoded(secretOf(spec), "credentials").lines().toList();
    assertThat(lines).hasSize(3).doesNotContain("root", ClusterScene.SECRET);
    var settings = new HashMap<String, String>();
    settings.put("BALSAM_STORAGE_TYPE", "MINIO");
    settings.put(
        "BALSAM_STORAGE_SERVER_ENDPOINT", ScriptedServer.shared("minio").address().toString());
    settings.put("BALSAM_STORAGE_SERVER_ACCESSKEY", lines.get(0));
    settings.put("BALSAM_STORAGE_SERVER_SECRETKEY", lines.get(1));
    settings.put("BALSAM_STORAGE_SERVER_SESSIONTOKEN", lines.get(2));
    var pods = DetachedStorage.open(folder, settings, folder.resolve("spool"), Clock.systemUTC());
    var code = "code/" + spec.code().commit() + ".zip";
    assertThat(pods.find(other, code)).isPresent();
    assertThatThrownBy(() -> pods.open(other, "hidden", hidden.versionId()))
        .isInstanceOf(ExternalFailure.class);
    runtime.cancel(spec.id());
    soon()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> pods.find(other, code))
                    .isInstanceOf(ExternalFailure.class));
  }

  private Secret secretOf(JobSpec spec) {
    return admin().secrets().inNamespace(NAMESPACE).withName(spec.id() + "-storage").get();
  }

  private static String decoded(Secret secret, String file) {
    return new String(Base64.getDecoder().decode(secret.getData().get(file)), US_ASCII);
  }

  @Test
  void aCommandRunsInTheImageThatItsStepNames() {
    var spec =
        spec()
            .shell("echo \"$GREETING\" > out/three.csv; echo said ü")
            .environment("GREETING", "$(hallo) ö")
            .image(TestCluster.SHELL_IMAGE)
            .output("out/three.csv")
            .build();

    var status = run(spec);

    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    assertThat(status.runtime()).containsEntry("image", TestCluster.SHELL_IMAGE);
    assertThat(runtime.logTail(spec.id(), 1000)).contains("said ü");
    assertThat(status.outputs())
        .singleElement()
        .satisfies(one -> assertThat(one.size()).isEqualTo(12));
  }

  @Test
  void aFailureInAnotherImageTellsExitCodeAndLog() {
    var spec = spec().shell("echo no good; exit 9").image(TestCluster.SHELL_IMAGE).build();

    var status = run(spec);

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.exitCode()).isEqualTo(9);
    assertThat(status.message()).contains("exit code 9").contains("no good");
  }

  @Test
  void anotherImagesPodIsStoppedAtItsDeadline() {
    try (var hasty = scene.compute(scene.settings().grace(Duration.ofSeconds(1)).build())) {
      var jobs = hasty.jobs(event -> {});
      var spec =
          spec()
              .shell("sleep 62.5")
              .image(TestCluster.SHELL_IMAGE)
              .timeLimit(Duration.ofSeconds(9))
              .build();
      jobs.submit(spec);

      var status = end(spec);

      assertThat(status.state()).as(status.message()).isEqualTo(State.TIMED_OUT);
    }
  }

  @Test
  void aJobThatNeverStartsIsSaidWhyAndGivenUp() {
    try (var impatient =
        scene.compute(scene.settings().startLimit(Duration.ofSeconds(20)).build())) {
      var jobs = impatient.jobs(event -> {});
      jobs.start();
      var spec = spec().run(Kind.SQL, SQL).gpu(99).build();
      jobs.submit(spec);
      soon().untilAsserted(() -> assertThat(message(spec)).contains("no machine of the cluster"));

      var status = end(spec);

      assertThat(status.state()).isEqualTo(State.FAILED);
      assertThat(status.message()).contains("within PT20S").contains("no machine of the cluster");
      jobs.stop();
    }
  }

  @Test
  void anImageThatCannotBePulledIsSaid() {
    var spec = spec().shell("true").image(TestCluster.MISSING_IMAGE).build();
    runtime.submit(spec);
    soon()
        .untilAsserted(
            () ->
                assertThat(message(spec))
                    .contains(TestCluster.MISSING_IMAGE)
                    .contains("cannot be pulled"));

    runtime.cancel(spec.id());

    assertThat(message(spec)).contains("cancelled").contains("cannot be pulled");
  }

  @Test
  void tooMuchMemoryIsALimitAndNotTriedAgain() {
    var spec = spec().shell("true").build();
    scene.cluster.kubelet().killForMemory(spec.id().value(), 1);

    var status = run(spec);

    assertThat(status.state()).as(status.message()).isEqualTo(State.LIMIT_EXCEEDED);
    assertThat(status.message()).contains("memory");
    assertThat(pods(spec)).hasSize(1);
  }

  @Test
  void anEvictedPodIsReplaced() {
    var spec = spec().shell("echo begun; sleep 4; echo ended").build();
    runtime.submit(spec);
    soon().until(() -> runtime.logTail(spec.id(), 1000).contains("begun"));
    var first = pods(spec).get(0);

    admin().pods().resource(first).evict();

    var status = end(spec);
    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    assertThat(pods(spec))
        .singleElement()
        .satisfies(
            pod ->
                assertThat(pod.getMetadata().getUid()).isNotEqualTo(first.getMetadata().getUid()));
  }

  @Test
  void aJobThatSomebodyDeletedRunsAgainWhenItIsSubmittedAgain() {
    var spec = spec().shell("echo begun; sleep 3").build();
    runtime.submit(spec);
    soon().until(() -> !pods(spec).isEmpty());
    admin().resource(job(spec)).delete();
    soon().untilAsserted(() -> assertThat(runtime.status(spec.id())).isEmpty());

    runtime.submit(spec);

    assertThat(end(spec).state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void aResultOutlivesItsJob() {
    var spec = spec().shell("echo kept").build();
    var status = run(spec);
    admin().resource(job(spec)).delete();
    soon().until(() -> job(spec) == null);

    assertThat(runtime.status(spec.id())).contains(status);
    assertThat(runtime.logTail(spec.id(), 1000)).contains("kept");
    runtime.submit(spec);
    assertThat(job(spec)).isNull();
  }

  @Test
  void whatTheQuotaDoesNotAllowIsSaid() {
    var project = new ProjectId("small");
    scene.bucket(project);
    try (var strict =
        scene.compute(scene.settings().quota(Map.of("requests.memory", "100Mi")).build())) {
      strict.workspaces().ensureSpace(project);
      var jobs = strict.jobs(event -> {});
      var spec =
          spec().id("small-2026-q3-r0-test-" + ClusterScene.suffix()).project(project).build();
      jobs.submit(spec);

      soon()
          .untilAsserted(
              () ->
                  assertThat(jobs.status(spec.id()).orElseThrow().message())
                      .contains("the project's quota does not allow it")
                      .contains("100Mi"));
      jobs.cancel(spec.id());
      strict.workspaces().removeSpace(project);
    }
  }

  @Test
  void aJobWaitsInItsQueueAndRunsOnTheMachinesOfItsProfile() {
    var profile =
        new Profile(
            4,
            4096,
            1,
            Map.of("kubernetes.io/hostname", StandInKubelet.NODE),
            List.of(new Toleration("nvidia.com/gpu", "", "NoSchedule")),
            "statistics",
            "");
    try (var queued = scene.compute(scene.settings().profile(profile).build())) {
      var jobs = queued.jobs(event -> {});
      var spec = spec().shell("true").build();
      jobs.submit(spec);
      assertThat(message(spec)).contains("waits in its queue");
      var job = job(spec);
      assertThat(job.getMetadata().getLabels())
          .containsEntry("kueue.x-k8s.io/queue-name", "statistics");
      var pod = job.getSpec().getTemplate().getSpec();
      assertThat(pod.getNodeSelector()).containsValue(StandInKubelet.NODE);
      assertThat(pod.getTolerations())
          .anySatisfy(one -> assertThat(one.getKey()).isEqualTo("nvidia.com/gpu"));

      // as Kueue does when the queue has room
      admin()
          .batch()
          .v1()
          .jobs()
          .resource(job)
          .edit(found -> new JobBuilder(found).editSpec().withSuspend(false).endSpec().build());

      assertThat(end(spec).state()).isEqualTo(State.SUCCEEDED);
      var large = spec().memoryMib(8192).build();
      assertThatThrownBy(() -> jobs.submit(large))
          .isInstanceOfSatisfying(
              Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
      var given = spec().shell("true").build();
      jobs.submit(given);
      jobs.cancel(given.id());
      assertThat(job(given)).isNull();
      assertThat(jobs.status(given.id()).orElseThrow().state()).isEqualTo(State.CANCELLED);
    }
  }

  @Test
  void anEndThatNobodySawIsToldByTheNextServer() {
    var told = new CopyOnWriteArrayList<JobId>();
    var spec = spec().shell("true").build();
    runtime.stop();
    try (var next = scene.compute(scene.settings().build())) {
      runtime.submit(spec);
      end(spec);
      var jobs = next.jobs(event -> told.add(event.job()));
      jobs.start();

      soon().until(() -> told.contains(spec.id()));
      jobs.stop();
    } finally {
      runtime.start();
    }
  }

  @Test
  void anotherOnesJobOfTheSameNameIsLeftAlone() {
    var spec = spec().shell("true").build();
    admin()
        .resource(
            new JobBuilder(
                    new JobManifest(
                            scene.settings().build(), new ClusterNames(ClusterScene.INSTALLATION))
                        .job(spec, Map.of()))
                .editMetadata()
                .withLabels(Map.of("made-by", "somebody"))
                .endMetadata()
                .editSpec()
                .withSuspend(true)
                .endSpec()
                .build())
        .create();

    assertThatThrownBy(() -> runtime.submit(spec))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
  }
}
