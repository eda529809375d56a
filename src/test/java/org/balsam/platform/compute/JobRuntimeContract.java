package org.balsam.platform.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.JobId;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.storage.ObjectStore;
import org.junit.jupiter.api.Test;

/** What every job runtime does. */
public abstract class JobRuntimeContract {

  protected static final String SQL = "steps/three.sql";
  protected static final String SQL_TEXT =
      "copy (select getvariable('balsam_period') as p from range(3)) to 'out/three.csv';";

  /** The runtime under test, started. */
  protected abstract JobRuntime runtime();

  /** The storage that its jobs use; the fixture's bucket exists. */
  protected abstract ObjectStore store();

  /** A specification whose code holds {@link #SQL}. */
  protected abstract JobSpecFixture spec();

  /** Whether the runtime can look into a running job. */
  protected boolean looksIntoJobs() {
    return true;
  }

  /** The ends that were told. */
  protected abstract List<JobId> told();

  /** Waits long enough for a machine that is busy with other things. */
  protected static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
  }

  protected JobStatus end(JobSpec spec) {
    return soon()
        .until(() -> runtime().status(spec.id()).orElseThrow(), status -> status.state().ended());
  }

  protected JobStatus run(JobSpec spec) {
    runtime().submit(spec);
    return end(spec);
  }

  @Test
  void runsAStepAndPublishesItsOutput() {
    var spec =
        spec()
            .run(Kind.SQL, SQL)
            .environment("BALSAM_PERIOD", "2009-q1")
            .output("out/three.csv")
            .build();

    var status = run(spec);

    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    assertThat(status.outputs()).singleElement().satisfies(o -> assertThat(o.rows()).isEqualTo(3));
    var output = status.outputs().get(0);
    assertThat(store().find(output.bucket(), output.key(), output.versionId()))
        .hasValueSatisfying(o -> assertThat(o.sha256()).isEqualTo(output.sha256()));
    assertThat(status.startedAt()).isBefore(status.finishedAt());
  }

  @Test
  void tellsTheEnd() {
    var spec = spec().shell("true").build();
    run(spec);

    soon().until(() -> told().contains(spec.id()));
  }

  @Test
  void aSecondSubmissionStartsNothing() {
    var spec = spec().shell("echo started").build();
    runtime().submit(spec);
    runtime().submit(spec);
    var first = end(spec);
    runtime().submit(spec);

    assertThat(runtime().status(spec.id())).contains(first);
    assertThat(runtime().logTail(spec.id(), 10_000)).containsOnlyOnce("started");
  }

  @Test
  void manySubmissionsAtOnceStartOneJob() throws InterruptedException {
    var spec =
        spec().shell("cat /proc/sys/kernel/random/uuid > out/u.txt").output("out/u.txt").build();
    var threads = Executors.newFixedThreadPool(16);
    var go = new CountDownLatch(1);
    for (int i = 0; i < 16; i++) {
      threads.submit(
          () -> {
            go.await();
            runtime().submit(spec);
            return null;
          });
    }
    go.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();

    var output = end(spec).outputs().get(0);
    try (var versions = store().versions(output.bucket(), output.key())) {
      assertThat(versions).hasSize(1);
    }
  }

  @Test
  void tellsExitCodeAndLogOfAFailedStep() {
    var spec = spec().shell("echo out; echo problem ü >&2; exit 9").build();

    var status = run(spec);

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.exitCode()).isEqualTo(9);
    assertThat(status.message()).contains("exit code 9").contains("problem ü");
    assertThat(runtime().logTail(spec.id(), 10_000)).contains("out\nproblem ü\n");
    assertThat(runtime().logTail(spec.id(), 20).getBytes()).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void showsWhatARunningStepHasWrittenSoFar() {
    var spec =
        spec()
            .shell("printf '1,loss,0.7\\n2,loss,ü' > out/metrics.csv; echo begun; sleep 66.5")
            .output("out/metrics.csv")
            .build();
    assertThat(runtime().writtenSoFar(spec.id(), "out/metrics.csv", 100)).isEmpty();
    runtime().submit(spec);
    soon().until(() -> runtime().logTail(spec.id(), 1000).contains("begun"));

    if (looksIntoJobs()) {
      assertThat(runtime().writtenSoFar(spec.id(), "out/metrics.csv", 1000))
          .contains("1,loss,0.7\n2,loss,ü");
      assertThat(runtime().writtenSoFar(spec.id(), "out/metrics.csv", 10)).contains("1,loss,0.7");
    } else {
      assertThat(runtime().writtenSoFar(spec.id(), "out/metrics.csv", 1000)).isEmpty();
    }
    assertThat(runtime().writtenSoFar(spec.id(), "out/other.csv", 1000)).isEmpty();
    runtime().cancel(spec.id());
  }

  @Test
  void showsNothingOutsideTheWorkingFolderOfARunningStep() {
    var spec =
        spec()
            .shell(
                "echo secret > ../secret.txt; ln -s ../../secret.txt out/link.csv;"
                    + " ln -s ../.. out/up; ln -s /etc out/etc; mkfifo out/pipe.csv;"
                    + " echo begun; sleep 67.5")
            .build();
    runtime().submit(spec);
    soon().until(() -> runtime().logTail(spec.id(), 1000).contains("begun"));

    for (var path :
        List.of(
            "out/link.csv",
            "out/up/secret.txt",
            "out/up/spec.json",
            "out/etc/passwd",
            "out/pipe.csv",
            "out",
            "",
            "..",
            "../spec.json",
            "out/../../spec.json",
            "/etc/passwd")) {
      assertThat(runtime().writtenSoFar(spec.id(), path, 1000)).as(path).isEmpty();
    }
    runtime().cancel(spec.id());
  }

  @Test
  void aStepPastItsTimeLimitIsStopped() {
    var status = run(spec().shell("sleep 63.5").timeLimit(Duration.ofMillis(700)).build());

    assertThat(status.state()).isEqualTo(State.TIMED_OUT);
  }

  @Test
  void aCancelledJobStaysCancelled() {
    var spec = spec().shell("echo begun; sleep 64.5").build();
    runtime().submit(spec);
    soon().until(() -> runtime().logTail(spec.id(), 1000).contains("begun"));

    runtime().cancel(spec.id());
    runtime().cancel(spec.id());

    assertThat(runtime().status(spec.id()).orElseThrow().state()).isEqualTo(State.CANCELLED);
    runtime().submit(spec);
    assertThat(runtime().status(spec.id()).orElseThrow().state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void cancellingWhatEndedOrNeverWasChangesNothing() {
    var spec = spec().shell("true").build();
    var status = run(spec);
    var unknown = new JobId("lfs-2026-q3-r0-other-0000");

    runtime().cancel(spec.id());
    runtime().cancel(unknown);

    assertThat(runtime().status(spec.id())).contains(status);
    assertThat(runtime().status(unknown)).isEmpty();
    assertThat(runtime().logTail(unknown, 100)).isEmpty();
  }

  @Test
  void refusesASpecificationThatPointsOutside() {
    var spec = spec().shell("true").output("out/../../x").build();

    assertThatThrownBy(() -> runtime().submit(spec))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("out/../../x");
    assertThat(runtime().status(spec.id())).isEmpty();
  }
}
