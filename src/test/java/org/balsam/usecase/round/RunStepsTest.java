package org.balsam.usecase.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.testing.RejectionFixture.assertRejected;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepState;
import org.balsam.testing.ScriptedJobs;
import org.balsam.testing.StorageTampering;
import org.balsam.usecase.step.CancelJob;
import org.balsam.usecase.step.CollectResult;
import org.balsam.usecase.step.ReconcileJob;
import org.balsam.usecase.step.SubmitJob;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(classes = RoundSlice.class, webEnvironment = WebEnvironment.NONE)
class RunStepsTest {

  @Autowired RoundFixture fixture;
  @Autowired OpenRound open;
  @Autowired ProvisionWorkspace provision;
  @Autowired TearDownWorkspace tearDown;
  @Autowired PlanRun planRun;
  @Autowired PlanStage planStage;
  @Autowired SubmitJob submit;
  @Autowired ReconcileJob reconcile;
  @Autowired CancelJob cancel;
  @Autowired CollectResult collect;
  @Autowired Rounds rounds;
  @Autowired ScriptedJobs jobs;
  @Autowired RecordedWorkspaces workspaces;
  @Autowired Forge forge;
  @Autowired ObjectStore store;
  @Autowired BalsamHome home;

  @Test
  void pinsTheNewestMethodTagOnceAndMakesTheBranch() {
    var project = fixture.project(RoundFixture.YAML);
    var first = forge.resolve(project, "main").orElseThrow();
    forge.ensureTag(project, "mth/v1.9.0", first, "old", author());
    var second = commit(project, "notes.txt");
    forge.ensureTag(project, "mth/v1.10.0", second, "new", author());
    commit(project, "later.txt");
    var round = fixture.start(project);

    var commit = open.handle(new OpenRound.Command(round)).commit();
    forge.ensureTag(project, "mth/v2.0.0", commit(project, "v2.txt"), "newer", author());

    assertThat(commit).isEqualTo(second);
    assertThat(open.handle(new OpenRound.Command(round)).commit()).isEqualTo(second);
    assertThat(rounds.get(round).method()).isEqualTo("mth/v1.10.0");
    assertThat(forge.resolve(project, "round/2009-q1-r0")).contains(second);
  }

  @Test
  void takesTheBranchOfAnAttemptThatACrashHasUndone() {
    var project = fixture.project(RoundFixture.YAML);
    var round = fixture.start(project);
    var before = forge.ensureBranch(project, round.branch(), "main");
    commit(project, "later.txt");

    assertThat(open.handle(new OpenRound.Command(round)).commit()).isEqualTo(before);
  }

  @Test
  void provisionsAnOfflineWorkspaceWithTheFrozenInputsAndTearsItDown() {
    var round = fixture.opened();
    var command =
        new ProvisionWorkspace.Command(round, fixture.inputSet(round, "2009-01", "2009-02"));
    provision.handle(command);
    provision.handle(command);

    var workspace = workspaces.existing.get(round.value());
    assertThat(workspace.network()).isEqualTo(JobSpec.NetworkClass.OFFLINE);
    assertThat(workspace.inputs())
        .extracting(JobSpec.Input::path)
        .containsExactly("in/ces/2009-01-ces.csv", "in/ces/2009-02-ces.csv");

    tearDown.handle(new TearDownWorkspace.Command(round));
    tearDown.handle(new TearDownWorkspace.Command(round));
    assertThat(workspaces.existing).doesNotContainKey(round.value());
  }

  @Test
  void plansTheSameRunAgainUntilAStepHasBegun() {
    var round = fixture.opened();
    var inputs = fixture.inputSet(round, "2009-01", "2009-02");

    var first = planRun.handle(new PlanRun.Command(round, inputs));
    var again = planRun.handle(new PlanRun.Command(round, inputs));
    assertThat(first).isEqualTo(new PlanRun.Result(1, 2, first.commit())).isEqualTo(again);

    var job = fixture.submitted(round, 1, 0);
    var next = planRun.handle(new PlanRun.Command(round, inputs));
    assertThat(next.run()).isEqualTo(2);
    assertThat(jobs.cancelled).contains(job);
    assertThat(fixture.submitted(round, 2, 0)).isNotEqualTo(job);
  }

  @Test
  void runsACorrectionThatWasCommittedToTheBranch() {
    var round = fixture.opened();
    var correction =
        forge.commit(
            round.project(),
            round.branch(),
            new Forge.Change(
                Map.of("steps/integrate.sql", "select 3".getBytes(StandardCharsets.UTF_8)),
                "Correct the integration",
                author(),
                true));
    fixture.planned(round);

    assertThat(rounds.get(round).commit()).isEqualTo(correction);
    assertThat(rounds.get(round).runs().get(0).commit()).isEqualTo(correction);
  }

  @Test
  void namesTheMonthsThatAreMissing() {
    var round = fixture.opened();
    var inputs = fixture.inputSet(round, "2009-01");

    assertRejected(
        () -> planRun.handle(new PlanRun.Command(round, inputs)),
        ErrorCode.INPUTS_MISSING,
        "ces",
        "raw/ces",
        "2009-02");
    assertThat(rounds.get(round).runs()).isEmpty();
  }

  @Test
  void specifiesAStepCompletely() {
    var round = fixture.opened();
    var run = fixture.planned(round);
    var spec = jobs.spec(fixture.submitted(round, run, 0));

    assertThat(spec.id().value()).startsWith(round + "-g51-integrate-");
    assertThat(spec.code().commit()).isEqualTo(rounds.get(round).commit());
    assertThat(spec.inputs())
        .extracting(JobSpec.Input::path)
        .containsExactly("in/ces/2009-01-ces.csv", "in/ces/2009-02-ces.csv");
    assertThat(spec.environment())
        .containsOnly(
            Map.entry("BALSAM_ROUND", round.value()),
            Map.entry("BALSAM_PROJECT", round.project().value()),
            Map.entry("BALSAM_PERIOD", "2009-q1"),
            Map.entry("BALSAM_REVISION", "0"),
            Map.entry("BALSAM_PERIOD_START", "2009-01-01"),
            Map.entry("BALSAM_PERIOD_END", "2009-04-01"),
            Map.entry("BALSAM_PARAM_BASE_YEAR", "2015"));
    assertThat(spec.outputs())
        .extracting(JobSpec.Output::key)
        .containsExactly("2009-q1/r0/std/months/b001/months.csv");
  }

  @Test
  void handsTheOutputsOfAStageToTheNext() {
    var round = fixture.opened();
    fixture.ran(round, RoundFixture.GOOD);
    var steps = rounds.get(round).steps();

    assertThat(steps).extracting(RoundView.Step::state).containsOnly(StepState.SUCCEEDED);
    var months = steps.get(0).outputs().get(0);
    assertThat(jobs.spec(steps.get(1).job()).inputs())
        .containsExactly(
            new JobSpec.Input(
                "in/std_months/months.csv",
                new org.balsam.kernel.BucketName(months.bucket()),
                months.key(),
                months.versionId(),
                months.size(),
                months.sha256()));
  }

  @Test
  void submitsOnceHoweverOftenItIsCalled() {
    var round = fixture.opened();
    var run = fixture.planned(round);
    var job = fixture.submitted(round, run, 0);
    var command = new SubmitJob.Command(round.value(), run, 0, 0);

    assertThat(submit.handle(command)).isEqualTo(submit.handle(command));
    planStage.handle(new PlanStage.Command(round, run, 0));
    assertThat(jobs.submitted).filteredOn(job::equals).hasSize(1);
    assertThat(rounds.get(round).steps()).hasSize(1);
  }

  @Test
  void submitsALostJobAgainAndGivesUpAfterTheThirdTime() {
    var job = submitted();
    assertThat(reconciled(job)).isFalse();
    for (int attempt = 2; attempt <= 3; attempt++) {
      jobs.fail(job, JobStatus.State.LOST, null, "the machine went down");
      assertThat(reconciled(job)).isFalse();
      assertThat(jobs.submitted).filteredOn(job::equals).hasSize(attempt);
    }
    jobs.fail(job, JobStatus.State.LOST, null, "the machine went down");
    assertThat(reconciled(job)).isTrue();

    assertRejected(
        () -> collected(job), ErrorCode.STEP_FAILED, "lost", "3 times", "machine went down");
  }

  @Test
  void submitsAJobAgainThatTheRuntimeForgot() {
    var job = submitted();
    jobs.forget(job);

    assertThat(reconciled(job)).isFalse();
    assertThat(jobs.status(job)).isPresent();
  }

  @Test
  void tellsThatAJobHasEnded() {
    var job = submitted();
    jobs.fail(job, JobStatus.State.FAILED, 1, "no");
    assertThat(reconciled(job)).isTrue();
  }

  @Test
  void doesNotCollectARunningJob() {
    var job = submitted();
    assertThatThrownBy(() -> collected(job))
        .isInstanceOfSatisfying(
            ExternalFailure.class, failure -> assertThat(failure.retryable()).isTrue());
  }

  @Test
  void reportsExitCodeAndTheEndOfTheLogOfAFailedStep() {
    var job = submitted();
    jobs.log = "x".repeat(9000) + "\nBinder Error: column not found";
    jobs.fail(job, JobStatus.State.FAILED, 2, "the script failed");

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> collected(job))
          .isInstanceOfSatisfying(
              Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.STEP_FAILED))
          .hasMessageContainingAll("integrate", "exit code 2", "Binder Error: column not found")
          .satisfies(no -> assertThat(no.getMessage()).hasSizeLessThanOrEqualTo(4000));
    }
    jobs.log = "line\n";
  }

  @Test
  void tellsTimeAndOtherLimitsApart() {
    var late = submitted();
    jobs.fail(late, JobStatus.State.TIMED_OUT, null, "stopped after PT5M");
    assertRejected(() -> collected(late), ErrorCode.STEP_TIMED_OUT, "stopped after PT5M");

    var large = submitted();
    jobs.fail(large, JobStatus.State.LIMIT_EXCEEDED, null, "wrote more than 104857600 bytes");
    assertRejected(() -> collected(large), ErrorCode.LIMIT_EXCEEDED, "104857600");
  }

  @Test
  void countsAStepThatWasStoppedAtItsTimeLimitAsTimedOut() {
    var job = submitted();
    cancel.handle(new CancelJob.Command(job));
    cancel.handle(new CancelJob.Command(job));
    assertRejected(() -> collected(job), ErrorCode.STEP_TIMED_OUT, "time limit");
  }

  @Test
  void demandsEveryDeclaredOutput() {
    var job = submitted();
    jobs.succeed(job, Map.of());
    assertRejected(() -> collected(job), ErrorCode.OUTPUT_MISSING, "out/months.csv", "std/months");
  }

  @Test
  void noticesAnOutputThatWasChangedInStorage() throws IOException {
    var job = submitted();
    jobs.succeed(job, Map.of("out/months.csv", "month\n2009-01\n"));
    var output = jobs.status(job).orElseThrow().outputs().get(0);
    StorageTampering.flip(home.resolve("objects").resolve(output.bucket().value()), output.key());
    assertRejected(() -> collected(job), ErrorCode.DATA_CHANGED, "months.csv");
  }

  @Test
  void noticesThatAStepFailedBecauseAnInputWasChanged() throws IOException {
    var job = submitted();
    var input = jobs.spec(job).inputs().get(0);
    StorageTampering.flip(home.resolve("objects").resolve(input.bucket().value()), input.key());
    jobs.fail(job, JobStatus.State.FAILED, null, "input in/ces/2009-01-ces.csv: other bytes");
    assertRejected(() -> collected(job), ErrorCode.DATA_CHANGED, "in/ces/2009-01-ces.csv");
  }

  private JobId submitted() {
    var round = fixture.opened();
    return fixture.submitted(round, fixture.planned(round), 0);
  }

  private boolean reconciled(JobId job) {
    return reconcile.handle(new ReconcileJob.Command(job)).ended();
  }

  private void collected(JobId job) {
    collect.handle(new CollectResult.Command(job));
  }

  private String commit(org.balsam.kernel.ProjectId project, String path) {
    return forge.commit(
        project,
        "main",
        new Forge.Change(
            Map.of(path, path.getBytes(StandardCharsets.UTF_8)), path, author(), true));
  }

  private static Forge.Author author() {
    return new Forge.Author("Mia", "mia@example.invalid");
  }
}
