package org.balsam.usecase.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.JobId;
import org.balsam.kernel.RoundId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.balsam.testing.MovableClock;
import org.balsam.testing.ScriptedJobs;
import org.balsam.usecase.step.CollectResult;
import org.balsam.usecase.step.ReconcileJob;
import org.balsam.usecase.step.SubmitJob;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a {@code kill -9} right before the commit leaves behind: all effects outside the database,
 * none inside. Doing the same again must leave each effect once.
 */
@SpringBootTest(classes = RoundSlice.class, webEnvironment = WebEnvironment.NONE)
class CrashTest {

  @Autowired RoundFixture fixture;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Rounds rounds;
  @Autowired ScriptedJobs jobs;
  @Autowired Forge forge;
  @Autowired ObjectStore store;
  @Autowired BucketNames buckets;
  @Autowired MovableClock clock;

  @Test
  void leavesEveryEffectOfARoundOnceWhenEachTaskIsKilledBeforeItsCommit() {
    var round = fixture.start(fixture.project(RoundFixture.YAML));
    var open = fixture.bean(OpenRound.class);
    twice(() -> open.handle(new OpenRound.Command(round)));
    var inputs = fixture.inputSet(round, "2009-01", "2009-02");
    var provision = fixture.bean(ProvisionWorkspace.class);
    twice(() -> provision.handle(new ProvisionWorkspace.Command(round, inputs)));
    var plan = fixture.bean(PlanRun.class);
    twice(() -> plan.handle(new PlanRun.Command(round, inputs)));
    run(round, 0, "out/months.csv", "month\n2009-01\n");
    run(round, 1, "out/employment.csv", RoundFixture.GOOD);
    var check = fixture.bean(CheckQuality.class);
    twice(() -> check.handle(new CheckQuality.Command(round, 1)));
    var evidence = rounds.get(round).runs().get(0).evidence();
    fixture.approved(round, evidence, clock.instant());
    release(round, evidence);

    assertThat(rounds.get(round).runs()).hasSize(1);
    assertThat(rounds.get(round).state()).isEqualTo(RoundState.CLOSED);
    assertThat(jobs.submitted)
        .filteredOn(job -> job.value().startsWith(round.value()))
        .doesNotHaveDuplicates()
        .hasSize(2);
    assertThat(forge.refs(round.project()).keySet())
        .containsExactlyInAnyOrder(
            "refs/heads/main", "refs/heads/round/2009-q1-r0", "refs/tags/rel/2009-q1-r0");
    assertThat(versions(round)).allSatisfy((key, count) -> assertThat(count).as(key).isEqualTo(1));
  }

  private void run(RoundId round, long stage, String path, String content) {
    var planStage = fixture.bean(PlanStage.class);
    twice(() -> planStage.handle(new PlanStage.Command(round, 1, stage)));
    var submit = fixture.bean(SubmitJob.class);
    twice(() -> submit.handle(new SubmitJob.Command(round.value(), 1, stage, 0)));
    var steps = rounds.get(round).steps();
    JobId job = steps.get(steps.size() - 1).job();
    jobs.succeed(job, Map.of(path, content));
    var reconcile = fixture.bean(ReconcileJob.class);
    twice(() -> reconcile.handle(new ReconcileJob.Command(job)));
    var collect = fixture.bean(CollectResult.class);
    twice(() -> collect.handle(new CollectResult.Command(job)));
  }

  private void release(RoundId round, String evidence) {
    var verify = fixture.bean(VerifyApproval.class);
    twice(() -> verify.handle(new VerifyApproval.Command(round, evidence)));
    var mark = fixture.bean(MarkReleased.class);
    var releaseSet = fixture.releaseSet(round);
    twice(() -> mark.handle(new MarkReleased.Command(round, releaseSet)));
    var seal = fixture.bean(SealEvidence.class);
    twice(() -> seal.handle(new SealEvidence.Command(round)));
    var tearDown = fixture.bean(TearDownWorkspace.class);
    twice(() -> tearDown.handle(new TearDownWorkspace.Command(round)));
    var close = fixture.bean(CloseRound.class);
    twice(() -> close.handle(new CloseRound.Command(round, false)));
  }

  private void twice(Runnable task) {
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status -> {
              task.run();
              status.setRollbackOnly();
            });
    task.run();
  }

  private Map<String, Integer> versions(RoundId round) {
    var counts = new TreeMap<String, Integer>();
    for (var kind : List.of("work", "out", "rel", "prov")) {
      var bucket = buckets.of(round.project(), kind);
      try (var objects = store.list(bucket, "")) {
        for (var key : objects.map(StoredObject::key).toList()) {
          try (var versions = store.versions(bucket, key)) {
            counts.put(bucket + "/" + key, (int) versions.count());
          }
        }
      }
    }
    assertThat(counts).hasSizeGreaterThan(10);
    return counts;
  }
}
