package org.balsam.usecase.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Classification;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.testing.MovableClock;
import org.balsam.testing.ScriptedApprovals;
import org.balsam.testing.ScriptedJobs;
import org.balsam.usecase.dataset.FreezeSets;
import org.balsam.usecase.dataset.FreezeTrainingData;
import org.balsam.usecase.step.CollectResult;
import org.balsam.usecase.step.SubmitJob;
import org.springframework.context.ApplicationContext;

/** Brings a training of a new project to where a test begins. */
final class TrainingFixture {

  static final ModelName MODEL = new ModelName("damage");
  static final Period PERIOD = new Period("1998");
  static final String YAML =
      """
      balsam: 1
      product: { title: Strikes, type: experimental, frequency: year, unit: strikes }
      inputs:
        strikes: { dataset: raw/strikes }
      models:
        damage:
          title: Does a strike damage the aircraft?
          method: v1.0.0
          task: classification
          target: damage
          positive: "1"
          row: id
          classes: ["0", "1"]
          list-classes: []
          groups: [phase]
          features: { operator: category, height: number }
          seed: 19900101
          parameters: { epochs: "8", learning-rate: "0.1" }
          personal-data: false
          image: null
          reproduce: true
          rollback: previous
          card: model-card.yaml
          inputs: [strikes]
          stages:
            - name: prepare
              steps:
                - name: prepare
                  sql: steps/prepare.sql
                  inputs: [strikes]
                  outputs:
                    - { dataset: std/train, file: train.csv }
                    - { dataset: std/validation, file: validation.csv }
                    - { dataset: std/test, file: test.csv }
                    - { dataset: std/latest, file: latest.csv }
            - name: train
              steps:
                - name: train
                  java: train-classifier
                  inputs: [std/train, std/validation]
                  outputs:
                    - { dataset: proc/model, file: model.onnx }
                    - { dataset: proc/model, file: metrics.csv }
          sets: { train: std/train, validation: std/validation, test: std/test, latest: std/latest }
          artefact: proc/model
          predict: { name: score, java: score-classifier }
          thresholds: { fairness-gap: 1, fairness-ratio: 0, psi-block: 5, psi-review: 1, ece: 0.5 }
      """;
  private static final String CARD =
      """
      details: { developers: Methods unit, type: Logistic regression, licence: EUPL, contact: ml@nsi.example }
      intended-use: { uses: Imputation, users: Editors, out-of-scope: Safety }
      factors: { relevant-factors: Phase of flight }
      evaluation-data: { evaluation-motivation: The year before }
      training-data: { training-description: All earlier years }
      considerations: { ethical-considerations: None known, caveats: Speed is often missing }
      official-statistics: { gsbpm: "5.4", classification: Damage 2020, auto-code-cut: "0.9", retention: Ten years }
      """;
  private static final AtomicInteger PROJECTS = new AtomicInteger();
  private static final Forge.Author AUTHOR = new Forge.Author("Owner", "owner@example.invalid");

  private final ApplicationContext context;

  TrainingFixture(ApplicationContext context) {
    this.context = context;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  ProjectId project() {
    return project(YAML, true);
  }

  /** A project with a repository and buckets, with or without a delivery of 1998. */
  ProjectId project(String yaml, boolean delivered) {
    var project = new ProjectId("ml-p" + PROJECTS.incrementAndGet());
    bean(Forge.class)
        .ensureRepository(
            project,
            Map.of(
                "balsam.yaml", yaml.getBytes(StandardCharsets.UTF_8),
                "model-card.yaml", CARD.getBytes(StandardCharsets.UTF_8),
                "steps/prepare.sql", "select 1".getBytes(StandardCharsets.UTF_8)),
            AUTHOR);
    for (var kind : List.of("raw", "work", "out", "rel", "mdl", "prov")) {
      bean(ObjectStore.class).ensureBucket(bean(BucketNames.class).of(project, kind), project);
    }
    if (delivered) {
      bean(ObjectStore.class)
          .put(
              bean(BucketNames.class).of(project, "raw"),
              "1998/r0/raw/strikes/b001/strikes.csv",
              new ByteArrayInputStream("id\n1\n".getBytes(StandardCharsets.UTF_8)),
              Map.of("rows", "1"));
    }
    return project;
  }

  static Actor person(String id, ProjectId project, Role... roles) {
    return Actor.user(
        id, Arrays.stream(roles).map(role -> role.group(project)).collect(Collectors.toSet()));
  }

  static Actor trainer(ProjectId project) {
    return person("pia", project, Role.PRODUCTION);
  }

  StartTraining.Command request(ProjectId project, Map<String, String> parameters) {
    return new StartTraining.Command(
        project, MODEL, PERIOD, parameters, null, TrainingTrigger.PERSON, trainer(project));
  }

  TrainingId started(ProjectId project) {
    return bean(StartTraining.class).handle(request(project, Map.of())).training();
  }

  /** Open, with frozen inputs. */
  TrainingId opened(ProjectId project) {
    var training = started(project);
    open(training);
    return training;
  }

  String open(TrainingId training) {
    var opened = bean(OpenTraining.class).handle(new OpenTraining.Command(training));
    if (opened.inputSet() != null) {
      return opened.inputSet();
    }
    return bean(FreezeTrainingData.class)
        .handle(new FreezeTrainingData.Command(training, MODEL, PERIOD, opened.commit()))
        .inputSet()
        .toString();
  }

  /** Trained: sets and an artefact of these bytes. */
  CollectTraining.Result trained(TrainingId training, String model) {
    var run = bean(PlanTraining.class).handle(new PlanTraining.Command(training, open(training)));
    train(training, run.run(), model);
    return bean(CollectTraining.class).handle(new CollectTraining.Command(training));
  }

  private void train(TrainingId training, long run, String model) {
    succeed(stage(training, run, 0, 0), SETS);
    succeed(
        stage(training, run, 1, 0),
        Map.of(
            "out/model.onnx",
            model,
            "out/metrics.csv",
            "step,name,value\n1,train-loss,0.5\n2,train-loss,0.4\n"));
  }

  /** The job of a step, submitted. */
  JobId stage(TrainingId training, long run, long stage, long step) {
    bean(PlanTrainingStage.class).handle(new PlanTrainingStage.Command(training, run, stage));
    return bean(SubmitJob.class)
        .handle(new SubmitJob.Command(training.value(), run, stage, step))
        .job();
  }

  void succeed(JobId job, Map<String, String> files) {
    bean(ScriptedJobs.class).succeed(job, files);
    bean(CollectResult.class).handle(new CollectResult.Command(job));
  }

  /** Evaluated and registered; {@code wrong} predictions of the candidate are wrong. */
  void registered(TrainingId training, String model, int wrong) {
    var output = trained(training, model).outputSet();
    var sets =
        bean(FreezeSets.class)
            .handle(new FreezeSets.Command(Manifest.Reference.parse(output)))
            .setManifest();
    evaluated(training, sets.toString(), wrong);
    bean(RegisterCandidate.class).handle(new RegisterCandidate.Command(training));
  }

  void evaluated(TrainingId training, String sets, int wrong) {
    var run = bean(PlanEvaluation.class).handle(new PlanEvaluation.Command(training, sets)).run();
    var steps =
        bean(PlanTrainingStage.class)
            .handle(new PlanTrainingStage.Command(training, run, 0))
            .stepCount();
    for (var step = 0; step < steps; step++) {
      var predictions = predictions(step < 2 ? wrong : 0);
      succeed(stage(training, run, 0, step), Map.of("out/predictions.csv", predictions));
    }
    bean(EvaluateCandidate.class).handle(new EvaluateCandidate.Command(training, run));
  }

  void reproduced(TrainingId training, String model) {
    var run = bean(PlanReproduction.class).handle(new PlanReproduction.Command(training)).run();
    train(training, run, model);
    succeed(stage(training, run, 2, 0), Map.of("out/predictions.csv", predictions(0)));
    bean(CompareReproduction.class).handle(new CompareReproduction.Command(training, run));
  }

  CheckPromotion.Result checked(TrainingId training, int wrong) {
    registered(training, "weights of " + training, wrong);
    reproduced(training, "weights of " + training);
    return bean(CheckPromotion.class).handle(new CheckPromotion.Command(training));
  }

  void decide(
      TrainingId training,
      String activity,
      String decision,
      String reason,
      Actor actor,
      String evidence,
      String changed) {
    bean(RecordTrainingDecision.class)
        .handle(
            new RecordTrainingDecision.Command(
                training,
                activity,
                UUID.randomUUID().toString(),
                decision,
                reason,
                actor,
                evidence,
                null,
                changed));
    bean(ScriptedApprovals.class)
        .complete(training.value(), activity, actor.id(), bean(MovableClock.class).instant());
  }

  void approved(TrainingId training, String evidence) {
    var project = training.project();
    var quinn = person("quinn", project, Role.QUALITY);
    var otto = person("otto", project, Role.OWNER);
    decide(training, "userTask_reviewPromotion", "approve", null, quinn, evidence, null);
    bean(PromoteToStaging.class).handle(new PromoteToStaging.Command(training, evidence));
    decide(training, "userTask_approveProduction", "approve", null, otto, evidence, null);
  }

  void smokeTested(TrainingId training) {
    var run = bean(PlanSmokeTest.class).handle(new PlanSmokeTest.Command(training)).run();
    succeed(stage(training, run, 0, 0), Map.of("out/predictions.csv", predictions(0)));
    bean(CheckSmokeTest.class).handle(new CheckSmokeTest.Command(training, run));
  }

  /** Checked, approved by two people, champion. */
  void promoted(TrainingId training) {
    var evidence = checked(training, 0).evidence();
    approved(training, evidence);
    bean(VerifyPromotion.class).handle(new VerifyPromotion.Command(training, evidence));
    bean(PromoteToProduction.class).handle(new PromoteToProduction.Command(training, evidence));
  }

  CheckResources.Result resources(TrainingId training) {
    return bean(CheckResources.class)
        .handle(new CheckResources.Command(training, Classification.INTERNAL));
  }

  private static final int ROWS = 80;
  static final Map<String, String> SETS = sets();

  private static Map<String, String> sets() {
    var files = new HashMap<String, String>();
    for (var name : Set.of("train", "validation", "test", "latest")) {
      files.put(
          "out/" + name + ".csv",
          IntStream.range(0, ROWS)
              .mapToObj(
                  row ->
                      "r%d,%s,%d,%s,%d"
                          .formatted(
                              row,
                              row % 3 == 0 ? "UAL" : "DAL",
                              100 + row,
                              row % 2 == 0 ? "climb" : "descent",
                              truth(row)))
              .collect(Collectors.joining("\n", "id,operator,height,phase,damage\n", "\n")));
    }
    return Map.copyOf(files);
  }

  private static int truth(int row) {
    return row % 4 == 0 ? 1 : 0;
  }

  /** Confident predictions, the first {@code wrong} of them wrong. */
  static String predictions(int wrong) {
    return IntStream.range(0, ROWS)
        .mapToObj(
            row -> {
              var right = row >= wrong ? truth(row) : 1 - truth(row);
              return "r%d,%d,%s".formatted(row, truth(row), right == 1 ? "0.05,0.95" : "0.95,0.05");
            })
        .collect(Collectors.joining("\n", "row,truth,p_0,p_1\n", "\n"));
  }
}
