package org.balsam.platform.compute.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.platform.compute.CodeRepository;
import org.balsam.platform.compute.ComputeProperties;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobFinished;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.compute.JobRuntimeContract;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.runner.JavaCommand;
import org.balsam.platform.compute.runner.ProcessNote;
import org.balsam.platform.compute.runner.StepRunner;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageAccess;
import org.balsam.platform.storage.StorageGrant;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalJobRuntimeTest extends JobRuntimeContract {

  @TempDir Path temporary;
  private final List<JobId> told = new CopyOnWriteArrayList<>();
  private final List<LocalJobRuntime> runtimes = new ArrayList<>();
  private FilesystemObjectStore store;
  private CodeRepository code;
  private final Keys keys = new Keys();
  private final Access access = new Access();

  /** Gives access to the code, and remembers who lost it. */
  private static final class Access implements JobAccess {
    private static final String SECRET = "a-secret-of-the-forge";
    private final List<JobId> ended = new CopyOnWriteArrayList<>();
    private volatile Map<String, String> variables = Map.of();

    @Override
    public Map<String, String> of(JobSpec spec) {
      return variables;
    }

    @Override
    public void end(JobSpec spec) {
      ended.add(spec.id());
    }
  }

  /** Gives keys unless there is trouble, and remembers for whom. */
  private final class Keys implements StorageAccess {
    private final List<String> granted = new CopyOnWriteArrayList<>();
    private final List<String> revoked = new CopyOnWriteArrayList<>();
    private volatile @Nullable RuntimeException trouble;

    @Override
    public Path folder() {
      return temporary.resolve("objects");
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public Granted grant(StorageGrant grant) {
      if (trouble != null) {
        throw trouble;
      }
      granted.add(grant.holder());
      return new Granted(Map.of("BALSAM_STORAGE_TYPE", "filesystem"), "key");
    }

    @Override
    public boolean revoke(StorageGrant grant) {
      return revoked.add(grant.holder());
    }
  }

  @BeforeEach
  void open() {
    store = new FilesystemObjectStore(temporary.resolve("objects"), Clock.systemUTC());
    store.ensureBucket(JobSpecFixture.BUCKET, JobSpecFixture.PROJECT);
    code = CodeRepository.in(temporary.resolve("repository"), Map.of(SQL, SQL_TEXT));
    started(2);
  }

  @AfterEach
  void close() throws IOException {
    runtimes.forEach(LocalJobRuntime::stop);
    try (var jobs = Files.list(jobs())) {
      for (var job : jobs.filter(Files::isDirectory).toList()) {
        LocalJob.in(jobs(), new JobId(job.getFileName().toString())).killProcesses();
      }
    }
  }

  private Path jobs() {
    return temporary.resolve("jobs");
  }

  private LocalJobRuntime runtime(int parallelJobs, Duration grace) {
    var settings = new ComputeProperties.Local(parallelJobs, StepRunner.DEFAULT_PATH, grace);
    var runtime =
        new LocalJobRuntime(jobs(), keys, access, settings, event -> told.add(event.job()));
    runtimes.add(runtime);
    return runtime;
  }

  private LocalJobRuntime started(int parallelJobs) {
    var runtime = runtime(parallelJobs, Duration.ofMinutes(5));
    runtime.start();
    return runtime;
  }

  @Override
  protected JobRuntime runtime() {
    return runtimes.get(runtimes.size() - 1);
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected JobSpecFixture spec() {
    return JobSpecFixture.spec().code(code.uri(), code.commit());
  }

  @Override
  protected List<JobId> told() {
    return told;
  }

  private LocalJob job(JobSpec spec) {
    return LocalJob.in(jobs(), spec.id());
  }

  private State state(JobSpec spec) {
    return runtime().status(spec.id()).orElseThrow().state();
  }

  private void awaitLog(JobSpec spec, String text) {
    soon().until(() -> runtime().logTail(spec.id(), 10_000).contains(text));
  }

  private ProcessHandle runnerOf(JobSpec spec) throws IOException {
    var note = ProcessNote.parse(Files.readString(job(spec).folder().lock()));
    return note.flatMap(ProcessNote::process).orElseThrow();
  }

  @Test
  void aJobsKeyForTheStorageEndsWithTheJob() throws IOException {
    var spec = spec().shell("echo begun; until test -e ../go; do sleep 0.1; done; env").build();
    runtime().submit(spec);
    awaitLog(spec, "begun");
    assertThat(keys.granted).contains(spec.id().value());
    assertThat(keys.revoked).isEmpty();
    Files.createFile(job(spec).folder().work().resolve("../go"));
    end(spec);
    soon().until(() -> keys.revoked.contains(spec.id().value()));
    assertThat(runtime().logTail(spec.id(), 10_000)).doesNotContain("BALSAM");
  }

  @Test
  void aJobsAccessToTheCodeIsItsRunnersAndEndsWithTheJob() throws IOException {
    access.variables = Map.of("BALSAM_FORGE_USER", "balsam", "BALSAM_FORGE_TOKEN", Access.SECRET);
    var spec = spec().shell("env; until test -e ../go; do sleep 0.1; done").build();
    runtime().submit(spec);
    awaitLog(spec, "HOME=");
    var runner = Files.readString(Path.of("/proc/" + runnerOf(spec).pid() + "/environ"));
    assertThat(runner).contains("BALSAM_FORGE_TOKEN=" + Access.SECRET);
    assertThat(Files.getPosixFilePermissions(job(spec).folder().root().resolve("access")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThat(access.ended).isEmpty();

    Files.createFile(job(spec).folder().work().resolve("../go"));
    assertThat(end(spec).state()).isEqualTo(State.SUCCEEDED);

    soon().until(() -> access.ended.contains(spec.id()));
    runtimes.forEach(LocalJobRuntime::stop);
    assertThat(runtime().logTail(spec.id(), 10_000)).doesNotContain(Access.SECRET);
    try (var files = Files.walk(job(spec).folder().root())) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(Access.SECRET);
      }
    }
  }

  @Test
  void aLostJobsAccessStaysForItMayHaveBeenSubmittedAgain() throws IOException {
    var spec = spec().shell("echo begun; sleep 68.125").build();
    runtime().submit(spec);
    awaitLog(spec, "begun");
    runnerOf(spec).destroyForcibly();
    assertThat(end(spec).state()).isEqualTo(State.LOST);
    soon().until(() -> keys.revoked.contains(spec.id().value()));
    await().during(Duration.ofMillis(500)).until(access.ended::isEmpty);
  }

  @Test
  void aJobWaitsForItsKeyWhileTheStorageIsAway() {
    keys.trouble = new ExternalFailure("object storage", true, "no answer", null);
    var spec = spec().shell("echo begun").build();
    runtime().submit(spec);
    await().during(Duration.ofSeconds(1)).until(() -> state(spec) == State.RUNNING);
    assertThat(runtime().logTail(spec.id(), 1000)).isEmpty();
    keys.trouble = null;
    assertThat(end(spec).state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void aJobThatGetsNoKeyFailsAndSaysWhy() {
    keys.trouble = new ExternalFailure("object storage", false, "no such role", null);
    var refused = spec().shell("echo begun").build();
    runtime().submit(refused);
    assertThat(end(refused).state()).isEqualTo(State.FAILED);
    assertThat(end(refused).message()).contains("no such role");
  }

  @Test
  void aJobOutlivesTheServerThatStartedIt() throws Exception {
    var gate = temporary.resolve("gate");
    var script = "echo begun; until test -e " + gate + "; do sleep 0.1; done; echo x > out/x.txt";
    var spec = spec().shell(script).output("out/x.txt").build();
    runtimes.get(0).stop();
    var server = server(spec);
    awaitLog(spec, "begun");

    server.destroyForcibly().waitFor();
    var later = started(2);

    assertThat(state(spec)).isEqualTo(State.RUNNING);
    later.submit(spec);
    Files.createFile(gate);
    var status = end(spec);
    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    soon().until(() -> told.contains(spec.id()));
    assertThat(runtime().logTail(spec.id(), 10_000)).containsOnlyOnce("begun");
  }

  @Test
  void theEndOfAJobIsToldByAServerThatStartsAfterwards() throws Exception {
    var gate = temporary.resolve("gate");
    var spec = spec().shell("echo begun; until test -e " + gate + "; do sleep 0.1; done").build();
    runtimes.get(0).stop();
    var server = server(spec);
    awaitLog(spec, "begun");
    server.destroyForcibly().waitFor();
    Files.createFile(gate);
    end(spec);

    started(2);

    soon().until(() -> told.contains(spec.id()));
  }

  /** A server in a process of its own that submits one job and stays. */
  private Process server(JobSpec spec) throws IOException {
    var file = Files.write(temporary.resolve("given.json"), JobJson.write(spec));
    var command =
        JavaCommand.of(
            Server.class,
            128,
            temporary,
            List.of(jobs().toString(), temporary.resolve("objects").toString(), file.toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }

  static final class Server {
    public static void main(String[] arguments) throws InterruptedException {
      var settings = new ComputeProperties.Local(2, StepRunner.DEFAULT_PATH, Duration.ofMinutes(5));
      var runtime =
          new LocalJobRuntime(
              Path.of(arguments[0]),
              StorageAccess.filesystem(Path.of(arguments[1])),
              new Access(),
              settings,
              (JobFinished event) -> {});
      runtime.start();
      runtime.submit(JobJson.readSpec(Path.of(arguments[2])));
      Thread.sleep(60_000);
    }
  }

  @Test
  void aJobWhoseRunnerWasKilledIsLostAndCanBeSubmittedAgain() throws Exception {
    var mark = temporary.resolve("second");
    var spec =
        spec()
            .shell("echo begun; test -e " + mark + " || sleep 65.125; echo x > out/x.txt")
            .output("out/x.txt")
            .build();
    runtime().submit(spec);
    awaitLog(spec, "begun");
    runnerOf(spec).destroyForcibly();

    var status = end(spec);
    assertThat(status.state()).isEqualTo(State.LOST);
    assertThat(status.message()).contains("running it again is safe");
    soon().until(() -> told.contains(spec.id()) && processesWith("65.125") == 0);
    assertThat(job(spec).folder().work()).doesNotExist();

    Files.createFile(mark);
    assertThat(run(spec).state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void aJobThatWaitsInTheQueueIsStartedByTheNextServer() {
    runtimes.get(0).stop();
    var spec = spec().shell("true").build();
    runtime(2, Duration.ZERO).submit(spec);
    assertThat(state(spec)).isEqualTo(State.RUNNING);

    started(2);

    assertThat(end(spec).state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void noMoreJobsThanAllowedRunAtOnce() {
    runtimes.get(0).stop();
    started(1);
    var first = spec().id("lfs-2026-q3-r0-first-0000").shell("echo begun; sleep 1.5").build();
    var second = spec().id("lfs-2026-q3-r0-second-0000").shell("echo begun").build();
    runtime().submit(first);
    awaitLog(first, "begun");
    runtime().submit(second);

    var ended = end(second);

    assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
    assertThat(ended.startedAt()).isAfter(end(first).finishedAt());
  }

  @Test
  void aQueuedJobCanBeCancelled() {
    runtimes.get(0).stop();
    var spec = spec().shell("true").build();
    runtime(1, Duration.ZERO).submit(spec);

    runtime().cancel(spec.id());
    started(1);

    assertThat(end(spec).state()).isEqualTo(State.CANCELLED);
    assertThat(job(spec).folder().log()).doesNotExist();
  }

  @Test
  void cancellingKillsGrandchildren() {
    var spec = spec().shell("(setsid sleep 66.125 &); echo begun; sleep 66.125").build();
    runtime().submit(spec);
    awaitLog(spec, "begun");

    runtime().cancel(spec.id());

    assertThat(processesWith("66.125")).isZero();
  }

  @Test
  void aProcessThatReusesThePidIsNotTakenForTheRunner() throws Exception {
    runtimes.get(0).stop();
    var spec = spec().shell("true").build();
    runtime(2, Duration.ZERO).submit(spec);
    var own = ProcessHandle.current().pid();
    Files.writeString(job(spec).folder().root().resolve("pid"), own + " 1000 1000\n");

    assertThat(state(spec)).isEqualTo(State.LOST);
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void aRunnerThatHangsIsStoppedByTheWatch() throws Exception {
    runtimes.get(0).stop();
    runtime(2, Duration.ofMinutes(2)).start();
    var spec = spec().shell("echo begun; sleep 67.125").timeLimit(Duration.ofSeconds(65)).build();
    runtime().submit(spec);
    awaitLog(spec, "begun");
    new ProcessBuilder("kill", "-STOP", Long.toString(runnerOf(spec).pid())).start().waitFor();
    var file = job(spec).folder().root().resolve("pid");
    var note = ProcessNote.parse(Files.readString(file)).orElseThrow();
    var longAgo = note.noted().minus(Duration.ofSeconds(65 + 120));
    DurableFiles.write(file, new ProcessNote(note.pid(), note.started(), longAgo).bytes());

    var status = end(spec);

    assertThat(status.state()).isEqualTo(State.TIMED_OUT);
    assertThat(status.message()).contains("the runner did not end").contains("PT1M5S");
    soon().until(() -> processesWith("67.125") == 0);
  }

  @Test
  void theRunnerInheritsNothingFromTheServer() {
    var spec =
        spec()
            .network(JobSpec.NetworkClass.INTERNET)
            .shell("tr '\\0' '\\n' < /proc/$PPID/environ")
            .build();

    assertThat(run(spec).state()).isEqualTo(State.SUCCEEDED);

    assertThat(System.getenv()).containsKey("HOME");
    var lines = Arrays.asList(runtime().logTail(spec.id(), 10_000).split("\n"));
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("[balsam]"))
        .containsExactlyInAnyOrder("LC_ALL=C.UTF-8", "BALSAM_STORAGE_TYPE=filesystem");
  }

  @Test
  void onlySpecificationLogAndResultStay() throws Exception {
    var spec = spec().shell("chmod 000 home; mkdir out/a; chmod 500 out/a").build();
    run(spec);

    soon().until(() -> !Files.exists(job(spec).folder().work()));
    assertThat(job(spec).folder().root().resolve("scratch")).doesNotExist();
    assertThat(JobJson.readSpec(job(spec).folder().spec())).isEqualTo(spec);
    assertThat(job(spec).folder().log()).exists();
    assertThat(job(spec).folder().result()).exists();
  }

  private static long processesWith(String argument) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().arguments().filter(a -> List.of(a).contains(argument)).isPresent())
        .count();
  }
}
