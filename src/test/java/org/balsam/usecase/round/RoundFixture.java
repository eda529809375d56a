package org.balsam.usecase.round;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.kernel.Actor;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.testing.MovableClock;
import org.balsam.testing.ScriptedApprovals;
import org.balsam.testing.ScriptedJobs;
import org.balsam.usecase.step.CollectResult;
import org.balsam.usecase.step.SubmitJob;
import org.springframework.context.ApplicationContext;

/** Brings a round of a new project to where a test begins. */
final class RoundFixture {

  static final Period PERIOD = new Period("2009-q1");
  static final String GOOD = "period,total,a,b\n2008-q4,10,4,6\n2009-q1,11,5,6\n";
  static final String UNBALANCED = "period,total,a,b\n2008-q4,10,4,6\n2009-q1,11,5,7\n";
  static final String JUMPING = "period,total,a,b\n2008-q4,10,4,6\n2009-q1,20,10,10\n";
  static final String YAML =
      """
      balsam: 1
      product:
        title: Employment
        type: official
        frequency: quarter
        unit: thousand jobs
      inputs:
        ces:
          dataset: raw/ces
          known: { r0: 2, default: 3 }
          required: true
      stages:
        - name: integrate
          steps:
            - name: integrate
              gsbpm: "5.1"
              sql: steps/integrate.sql
              inputs: [ces]
              outputs:
                - { dataset: std/months, file: months.csv }
              parameters: { base_year: "2015" }
        - name: tables
          steps:
            - name: tables
              gsbpm: "6.1"
              sql: steps/tables.sql
              inputs: [std/months]
              outputs:
                - { dataset: out/employment, file: employment.csv }
      release:
        - out/employment
      checks:
        - name: parts
          type: balance
          gsbpm: "5.3"
          dataset: out/employment
          total: total
          parts: [a, b]
          severity: block
        - name: growth
          type: change
          gsbpm: "6.2"
          dataset: out/employment
          value: total
          time: period
          lag: 1
          max-percent: 50
          severity: warn
      """;

  private static final AtomicInteger PROJECTS = new AtomicInteger();
  private static final Forge.Author AUTHOR = new Forge.Author("Owner", "owner@example.invalid");

  private final ApplicationContext context;

  RoundFixture(ApplicationContext context) {
    this.context = context;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** A project with a repository and buckets, and two months of deliveries. */
  ProjectId project(String yaml) {
    var project = new ProjectId("emp-p" + PROJECTS.incrementAndGet());
    bean(Forge.class)
        .ensureRepository(
            project,
            Map.of(
                "balsam.yaml", yaml.getBytes(StandardCharsets.UTF_8),
                "steps/integrate.sql", "select 1".getBytes(StandardCharsets.UTF_8),
                "steps/tables.sql", "select 2".getBytes(StandardCharsets.UTF_8)),
            AUTHOR);
    for (var kind : List.of("raw", "work", "out", "rel", "prov")) {
      bean(ObjectStore.class).ensureBucket(bean(BucketNames.class).of(project, kind), project);
    }
    return project;
  }

  static Actor owner(ProjectId project) {
    return person("olga", project, Role.OWNER);
  }

  static Actor person(String id, ProjectId project, Role... roles) {
    return Actor.user(
        id, Set.copyOf(java.util.Arrays.stream(roles).map(role -> role.group(project)).toList()));
  }

  RoundId start(ProjectId project) {
    return bean(StartRound.class)
        .handle(new StartRound.Command(project, PERIOD, null, Trigger.PERSON, owner(project), null))
        .round();
  }

  RoundId opened() {
    return opened(YAML);
  }

  RoundId opened(String yaml) {
    var round = start(project(yaml));
    enter(round, RoundState.OPEN);
    bean(OpenRound.class).handle(new OpenRound.Command(round));
    return round;
  }

  /** Freezes deliveries of these months. */
  String inputSet(RoundId round, String... months) {
    var store = bean(ObjectStore.class);
    var entries = new ArrayList<Manifest.Entry>();
    for (var month : months) {
      var key = month + "/r0/raw/ces/b001/ces.csv";
      var bytes = ("month\n" + month + "\n").getBytes(StandardCharsets.UTF_8);
      var bucket = bean(BucketNames.class).of(round.project(), "raw");
      var object = store.put(bucket, key, new ByteArrayInputStream(bytes), Map.of());
      entries.add(
          new Manifest.Entry(
              "ces",
              round.project() + "/raw/ces@" + round.periodRevision() + ".1",
              bucket,
              key,
              object.versionId(),
              object.size(),
              object.sha256(),
              1,
              object.lastModified()));
    }
    var prov = bean(BucketNames.class).of(round.project(), "prov");
    return new Manifest(entries)
        .store(store, prov, round.periodRevision() + "/inputs.csv")
        .toString();
  }

  long planned(RoundId round) {
    var inputs = inputSet(round, "2009-01", "2009-02");
    return bean(PlanRun.class).handle(new PlanRun.Command(round, inputs)).run();
  }

  JobId submitted(RoundId round, long run, long stage) {
    bean(PlanStage.class).handle(new PlanStage.Command(round, run, stage));
    return bean(SubmitJob.class).handle(new SubmitJob.Command(round.value(), run, stage, 0)).job();
  }

  /** Runs both stages; the second writes {@code employment}. */
  long ran(RoundId round, String employment) {
    var run = planned(round);
    collected(submitted(round, run, 0), "out/months.csv", "month,total\n2009-01,1\n");
    collected(submitted(round, run, 1), "out/employment.csv", employment);
    return run;
  }

  private void collected(JobId job, String path, String content) {
    bean(ScriptedJobs.class).succeed(job, Map.of(path, content));
    bean(CollectResult.class).handle(new CollectResult.Command(job));
  }

  CheckQuality.Result checked(RoundId round, String employment) {
    var run = ran(round, employment);
    return bean(CheckQuality.class).handle(new CheckQuality.Command(round, run));
  }

  void decide(
      RoundId round,
      String activity,
      String decision,
      String reason,
      Actor actor,
      String evidence,
      Map<String, String> display) {
    bean(RecordDecision.class)
        .handle(
            new RecordDecision.Command(
                round,
                activity,
                UUID.randomUUID().toString(),
                decision,
                reason,
                actor,
                evidence,
                display));
    bean(ScriptedApprovals.class)
        .complete(round.value(), activity, actor.id(), bean(MovableClock.class).instant());
  }

  /** Review and release approval by two people, announced for {@code releaseAt}. */
  void approved(RoundId round, String evidence, Instant releaseAt) {
    var project = round.project();
    bean(ScriptedApprovals.class)
        .complete(
            round.value(), "userTask_confirmInputs", "sam", bean(MovableClock.class).instant());
    decide(
        round,
        "userTask_reviewResults",
        "approve",
        null,
        person("quinn", project, Role.QUALITY),
        evidence,
        Map.of());
    decide(
        round,
        "userTask_approveRelease",
        "approve",
        null,
        owner(project),
        evidence,
        Map.of("releaseAt", releaseAt.toString()));
    announced(round, releaseAt, null);
  }

  void announced(RoundId round, Instant releaseAt, String reason) {
    bean(AnnounceRelease.class)
        .handle(
            new AnnounceRelease.Command(round, releaseAt, ZoneId.of("Europe/Stockholm"), reason));
    enter(round, RoundState.EMBARGOED);
  }

  void enter(RoundId round, RoundState state) {
    bean(EnterState.class).handle(new EnterState.Command(round, state));
  }

  /** Copies the approved outputs as the dataset box does. */
  String releaseSet(RoundId round) {
    var store = bean(ObjectStore.class);
    var run = bean(Rounds.class).get(round).runs().get(0);
    var entries =
        Manifest.read(store, Manifest.Reference.parse(run.outputSet()))
            .of("out/employment")
            .stream()
            .map(
                entry -> {
                  var bucket = bean(BucketNames.class).of(round.project(), "rel");
                  var key = entry.key().replace("/out/", "/rel/");
                  var copy =
                      store.copy(entry.bucket(), entry.key(), entry.versionId(), bucket, key);
                  return new Manifest.Entry(
                      "employment",
                      entry.datasetVersion().replace("/out/", "/rel/"),
                      bucket,
                      key,
                      copy.versionId(),
                      copy.size(),
                      copy.sha256(),
                      entry.rows(),
                      copy.lastModified());
                })
            .toList();
    var prov = bean(BucketNames.class).of(round.project(), "prov");
    return new Manifest(entries)
        .store(store, prov, round.periodRevision() + "/release.csv")
        .toString();
  }

  /** A released round. */
  RoundId released() {
    var round = opened();
    var evidence = checked(round, GOOD).evidence();
    var now = bean(MovableClock.class).instant();
    approved(round, evidence, now);
    bean(VerifyApproval.class).handle(new VerifyApproval.Command(round, evidence));
    bean(MarkReleased.class).handle(new MarkReleased.Command(round, releaseSet(round)));
    return round;
  }
}
