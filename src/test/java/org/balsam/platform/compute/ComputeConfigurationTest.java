package org.balsam.platform.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Probe;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.local.LocalForge;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageAccess;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.Lifecycle;
import org.springframework.context.event.EventListener;

class ComputeConfigurationTest {

  @TempDir Path home;
  private final RecordedAudit audit = new RecordedAudit();
  private ApplicationContextRunner application;

  @EnableConfigurationProperties({
    BalsamHome.class,
    ComputeProperties.class,
    Installation.class,
    KubernetesProperties.class
  })
  static class Properties {}

  static class Receiver {
    final List<JobId> jobs = new CopyOnWriteArrayList<>();

    @EventListener
    void ended(JobFinished event) {
      jobs.add(event.job());
    }
  }

  @BeforeEach
  void describeApplication() {
    var store = DetachedStorage.filesystem(home.resolve("objects"), Clock.systemUTC());
    store.ensureBucket(JobSpecFixture.BUCKET, JobSpecFixture.PROJECT);
    application =
        new ApplicationContextRunner()
            .withUserConfiguration(Properties.class, ComputeConfiguration.class)
            .withBean(AuditTrail.class, () -> audit)
            .withBean(ObjectStore.class, () -> store)
            .withBean(StorageAccess.class, () -> StorageAccess.filesystem(home.resolve("objects")))
            .withBean(Forge.class, () -> new LocalForge(home.resolve("git"), Clock.systemUTC()))
            .withBean(Receiver.class)
            .withPropertyValues("balsam.home=" + home);
  }

  @Test
  void aSubmittedJobRunsIsRecordedAndItsEndIsAnEvent() {
    var code = CodeRepository.in(home.resolve("repository"), Map.of("a.sql", "select 1"));
    var spec = JobSpecFixture.spec().code(code.uri(), code.commit()).shell("true").build();
    application.run(
        context -> {
          var runtime = context.getBean(JobRuntime.class);
          assertThat(runtime).isInstanceOf(AuditedJobRuntime.class);
          context
              .getBean(Forge.class)
              .ensureRepository(
                  spec.project(), Map.of(), new Forge.Author("Ola", "ola@nsi.invalid"));
          runtime.submit(spec);

          var receiver = context.getBean(Receiver.class);
          await().atMost(Duration.ofMinutes(2)).until(() -> receiver.jobs.contains(spec.id()));
          assertThat(runtime.status(spec.id()).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
          assertThat(audit.together())
              .singleElement()
              .satisfies(
                  entry -> {
                    assertThat(entry.action()).isEqualTo("job.submitted");
                    assertThat(entry.project()).isEqualTo("lfs");
                    assertThat(entry.details())
                        .containsEntry("job", spec.id().value())
                        .containsEntry("commit", code.commit());
                  });
        });
  }

  @Test
  void changesOfWorkspacesAreRecorded() {
    application.run(
        context -> {
          var project = JobSpecFixture.PROJECT;
          var author = new Forge.Author("T", "t@example.invalid");
          var commit =
              context
                  .getBean(Forge.class)
                  .ensureRepository(project, Map.of("a.sql", new byte[] {'1'}), author);
          var runtime = context.getBean(WorkspaceRuntime.class);
          runtime.ensureSpace(project);
          var workspace =
              runtime.ensureWorkspace(
                  new WorkspaceSpec(
                      "ws-lfs-ujdoe01",
                      project,
                      "main",
                      commit,
                      List.of(),
                      JobSpec.NetworkClass.OFFLINE));
          assertThat(Path.of(workspace.location())).isDirectory();
          runtime.suspend(project, workspace.id(), "idle");
          runtime.resume(project, workspace.id());
          assertThat(runtime.credential(project, workspace.id())).isEmpty();
          runtime.removeWorkspace(project, workspace.id());
          runtime.removeSpace(project);

          assertThat(audit.together())
              .extracting(AuditEntry::action)
              .containsExactly(
                  "space.created",
                  "workspace.created",
                  "workspace.suspended",
                  "workspace.resumed",
                  "workspace.credential-read",
                  "workspace.removed",
                  "space.removed");
        });
  }

  @Test
  void troubleOfTheRuntimeIsRecordedSeparately() {
    var broken = new AuditedJobRuntime(new BrokenJobRuntime(), new StoppedLifecycle(), audit);

    assertThatThrownBy(() -> broken.submit(JobSpecFixture.spec().build()))
        .isInstanceOf(ExternalFailure.class);

    assertThat(audit.together()).isEmpty();
    assertThat(audit.separately())
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.FAILED));
  }

  @Test
  void badValuesFailAtStartAndNameTheKey() {
    for (var setting :
        Map.of(
                "balsam.compute.type", "moon",
                "balsam.compute.local.parallel-jobs", "0",
                "balsam.compute.local.hang-grace", "-1s")
            .entrySet()) {
      application
          .withPropertyValues(setting.getKey() + "=" + setting.getValue())
          .run(
              context ->
                  assertThat(context).getFailure().hasStackTraceContaining(setting.getKey()));
    }
  }

  @Test
  void badValuesOfTheClusterFailAtStartAndNameTheKey() {
    var image = "balsam.compute.kubernetes.image=x@sha256:" + "0".repeat(64);
    for (var settings :
        Map.of(
                "balsam.compute.kubernetes.image", "balsam.compute.kubernetes.user=1",
                "has no digest", "balsam.compute.kubernetes.image=x:latest",
                "balsam.compute.kubernetes.network.storage", image,
                "balsam.compute.kubernetes.user", "balsam.compute.kubernetes.user=0",
                "balsam.compute.kubernetes.images", "balsam.compute.kubernetes.images.sql=x",
                "balsam.compute.kubernetes.service-account",
                    "balsam.compute.kubernetes.service-account=balsam")
            .entrySet()) {
      application
          .withPropertyValues("balsam.compute.type=kubernetes", settings.getValue())
          .run(
              context ->
                  assertThat(context)
                      .as(settings.getValue())
                      .getFailure()
                      .hasStackTraceContaining(settings.getKey()));
    }
  }

  @Test
  void podsCannotReachStorageInAFolder() {
    application
        .withPropertyValues(
            "balsam.compute.type=kubernetes",
            "balsam.compute.kubernetes.image=x@sha256:" + "0".repeat(64),
            "balsam.compute.kubernetes.network.storage=10.20.0.10/32")
        .run(
            context ->
                assertThat(context).getFailure().hasStackTraceContaining("balsam.storage.type"));
  }

  @Test
  void theLocalComputeIsProbed() {
    application.run(context -> context.getBean("computeProbe", Probe.class).check());
    assertThat(home.resolve("jobs")).isDirectoryNotContaining("glob:**probe*");
  }

  private static final class BrokenJobRuntime implements JobRuntime {
    @Override
    public void submit(JobSpec spec) {
      throw new ExternalFailure("job runtime", true, "disk full", null);
    }

    @Override
    public Optional<JobStatus> status(JobId job) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void cancel(JobId job) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String logTail(JobId job, int maxBytes) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class StoppedLifecycle implements Lifecycle {
    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return false;
    }
  }
}
