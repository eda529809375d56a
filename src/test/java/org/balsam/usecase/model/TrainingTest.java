package org.balsam.usecase.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.testing.RejectionFixture.assertRejected;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Period;
import org.balsam.kernel.Role;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.testing.RecordedAudit;
import org.balsam.testing.ScriptedJobs;
import org.balsam.testing.StorageTampering;
import org.balsam.usecase.step.CollectResult;
import org.balsam.usecase.step.ReconcileJob;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(classes = TrainingSlice.class, webEnvironment = WebEnvironment.NONE)
class TrainingTest {

  @Autowired TrainingFixture fixture;
  @Autowired Trainings trainings;
  @Autowired TrainingMetrics metrics;
  @Autowired ModelRegistry registry;
  @Autowired Forge forge;
  @Autowired ScriptedJobs jobs;
  @Autowired RecordedAudit audit;
  @Autowired RecordedTrainingProcess process;
  @Autowired BalsamHome home;
  @Autowired PlatformTransactionManager transactions;

  @Test
  void promotesWhatTwoPeopleApprovedAndSealsTheEvidence() throws IOException {
    var training = fixture.opened(fixture.project());
    var evidence = fixture.checked(training, 0);
    assertThat(evidence.verdict()).isEqualTo("pass");
    fixture.approved(training, evidence.evidence());
    fixture.smokeTested(training);
    fixture
        .bean(VerifyPromotion.class)
        .handle(new VerifyPromotion.Command(training, evidence.evidence()));
    var promote = fixture.bean(PromoteToProduction.class);
    twice(() -> promote.handle(new PromoteToProduction.Command(training, evidence.evidence())));
    var seal = fixture.bean(SealTrainingEvidence.class);
    twice(() -> seal.handle(new SealTrainingEvidence.Command(training)));
    twice(() -> fixture.bean(NotifyPromotion.class).handle(new NotifyPromotion.Command(training)));

    var project = training.project();
    var champion = registry.alias(project, TrainingFixture.MODEL, Alias.CHAMPION).orElseThrow();
    assertThat(champion.id().value()).isEqualTo("damage@1.0.0");
    assertThat(champion.artefact()).isEqualTo(trainings.get(training).artefact());
    assertThat(forge.refs(project)).containsKey("refs/tags/mdl/damage/v1.0.0");
    var main = forge.resolve(project, "main").orElseThrow();
    assertThat(
            new String(
                forge.read(project, main, "environments/production/damage.yaml").orElseThrow()))
        .contains("version: 1.0.0", champion.artefact().value(), training.value());
    assertThat(unzip(trainings.evidence(training)))
        .containsKeys(
            "README.txt", "training.json", "model/card.json", "model/gate.json", "audit.zip")
        .anySatisfy((name, content) -> assertThat(name).endsWith("/spec.json"));
  }

  @Test
  void givesTheCardEverythingThatPeopleAndMeasurementsSay() {
    var training = fixture.opened(fixture.project());
    var result = fixture.checked(training, 0);

    assertThat(result.card())
        .contains("Methods unit")
        .endsWith("/models/damage/versions/1.0.0/card)")
        .hasSizeLessThanOrEqualTo(4000);
    assertThat(result.gateSummary()).contains("9 Card complete", "Test set, candidate");
    assertThat(result.lineage()).contains("19900101", "std/train@1998-r0.1");
  }

  @Test
  void asksForEverythingThatCannotBePinned() {
    var project = fixture.project(TrainingFixture.YAML, false);
    var training = fixture.started(project);

    assertRejected(() -> fixture.open(training), ErrorCode.INPUTS_MISSING, "strikes", "1998");
  }

  @Test
  void doesNotStartWithAMalformedModelCard() {
    var yaml = TrainingFixture.YAML.replace("card: model-card.yaml", "card: steps/prepare.sql");
    var training = fixture.started(fixture.project(yaml, true));

    assertRejected(() -> fixture.open(training), ErrorCode.INPUTS_MISSING, "steps/prepare.sql");
  }

  @Test
  void refusesTheSameTrainingTwiceAndAllowsOtherParameters() {
    var project = fixture.project();
    var first = fixture.started(project);
    var start = fixture.bean(StartTraining.class);

    assertRejected(
        () -> start.handle(fixture.request(project, Map.of())),
        ErrorCode.ALREADY_EXISTS,
        first.value());
    var second = start.handle(fixture.request(project, Map.of("epochs", "12"))).training();
    assertThat(second).isNotEqualTo(first);
    assertThat(trainings.get(second).parameters()).containsEntry("epochs", "12");
    assertThatThrownBy(() -> start.handle(fixture.request(project, Map.of("layers", "3"))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("epochs");
    assertThat(process.calls).contains("start " + second + " PERSON");
  }

  @Test
  void refusesPeriodsModelsAndRolesThatDoNotFit() {
    var project = fixture.project();
    var start = fixture.bean(StartTraining.class);
    var command = fixture.request(project, Map.of());

    assertThatThrownBy(
            () -> start.handle(with(command, new Period("1998-q1"), "damage", Role.OWNER)))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> start.handle(with(command, command.period(), "nothing", Role.OWNER)))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> start.handle(with(command, command.period(), "damage", Role.QUALITY)))
        .isInstanceOf(Forbidden.class);
  }

  private StartTraining.Command with(
      StartTraining.Command command, Period period, String model, Role role) {
    return new StartTraining.Command(
        command.project(),
        new org.balsam.kernel.ModelName(model),
        period,
        Map.of(),
        null,
        TrainingTrigger.PERSON,
        TrainingFixture.person("somebody", command.project(), role));
  }

  @Test
  void asksForApprovalOfAboveTheQuota() {
    var project = fixture.project();
    var training = fixture.opened(project);
    assertThat(fixture.resources(training).approval()).isEqualTo("none");
    for (var epochs : List.of("1", "2", "3", "4")) {
      fixture.bean(StartTraining.class).handle(fixture.request(project, Map.of("epochs", epochs)));
    }

    assertThat(fixture.resources(training))
        .satisfies(result -> assertThat(result.approval()).isEqualTo("owner"))
        .satisfies(result -> assertThat(result.request()).contains("above the quota"));
  }

  @Test
  void pinsEverythingThatDeterminesAStep() {
    var training = fixture.opened(fixture.project());
    var run =
        fixture
            .bean(PlanTraining.class)
            .handle(new PlanTraining.Command(training, fixture.open(training)));
    var spec = jobs.spec(fixture.stage(training, run.run(), 0, 0));

    assertThat(spec.environment())
        .containsEntry("BALSAM_MODEL", "damage")
        .containsEntry("BALSAM_TRAINING", training.value())
        .containsEntry("BALSAM_SEED", "19900101")
        .containsEntry("BALSAM_FEATURES", "operator:category,height:number")
        .containsEntry("BALSAM_CLASSES", "0,1")
        .containsEntry("BALSAM_POSITIVE", "1")
        .containsEntry("BALSAM_PARAM_LEARNING_RATE", "0.1");
    assertThat(spec.inputs())
        .singleElement()
        .satisfies(input -> assertThat(input.path()).isEqualTo("in/strikes/1998-strikes.csv"));
    assertThat(trainings.get(training).runtime()).contains("java", "balsam");
  }

  @Test
  void aLostJobIsSubmittedAgainAndAFailedOneSaysWhy() {
    var training = fixture.opened(fixture.project());
    var run =
        fixture
            .bean(PlanTraining.class)
            .handle(new PlanTraining.Command(training, fixture.open(training)));
    var job = fixture.stage(training, run.run(), 0, 0);
    jobs.fail(job, JobStatus.State.LOST, null, "the machine went down");
    assertThat(fixture.bean(ReconcileJob.class).handle(new ReconcileJob.Command(job)).ended())
        .isFalse();
    assertThat(jobs.submitted).filteredOn(job::equals).hasSize(2);
    jobs.fail(job, JobStatus.State.FAILED, 3, "no convergence");

    assertRejected(
        () -> fixture.bean(CollectResult.class).handle(new CollectResult.Command(job)),
        ErrorCode.STEP_FAILED,
        "exit code 3",
        "no convergence");
  }

  @Test
  void otherParametersAreTakenByTheNextRun() {
    var training = fixture.opened(fixture.project());
    fixture.decide(
        training,
        "userTask_decideOnFailedTraining",
        "change",
        "diverges",
        TrainingFixture.trainer(training.project()),
        null,
        "learning-rate=0.01, epochs=20");
    var run =
        fixture
            .bean(PlanTraining.class)
            .handle(new PlanTraining.Command(training, fixture.open(training)));
    var spec = jobs.spec(fixture.stage(training, run.run(), 0, 0));

    assertThat(spec.environment())
        .containsEntry("BALSAM_PARAM_LEARNING_RATE", "0.01")
        .containsEntry("BALSAM_PARAM_EPOCHS", "20");
  }

  @Test
  void keepsTheMetricsOfTheRun() {
    var training = fixture.opened(fixture.project());
    fixture.trained(training, "weights");

    var kept = metrics.read(training).orElseThrow();
    assertThat(kept.live()).isFalse();
    assertThat(kept.series())
        .singleElement()
        .satisfies(series -> assertThat(series.name()).isEqualTo("train-loss"))
        .satisfies(series -> assertThat(series.points()).hasSize(2));
  }

  @Test
  void comparesCandidateAndChampionOnTheSameRows() {
    var project = fixture.project();
    fixture.promoted(fixture.opened(project));
    var second =
        fixture
            .bean(StartTraining.class)
            .handle(fixture.request(project, Map.of("epochs", "9")))
            .training();
    var result = fixture.checked(second, 30);

    assertThat(result.verdict()).isEqualTo("block");
    assertThat(result.gateSummary()).contains("beside champion damage@1.0.0", "BLOCK 2");
    assertThat(trainings.get(second).candidate()).isEqualTo("damage@1.0.1");
    var figures = fixture.bean(TrainingFigures.class).read(second).orElseThrow();
    assertThat(figures.champion()).isEqualTo("damage@1.0.0");
    assertThat(figures.test().candidate().accuracy()).isEqualTo(50 / 80.0);
    assertThat(figures.test().champion().accuracy()).isEqualTo(1);
    assertThat(figures.drift()).extracting("feature").containsExactly("operator", "height");
  }

  @Test
  void aWaiverNeedsQualityAndAReasonAndStays() {
    var training = blocked();
    var project = training.project();
    var trainer = TrainingFixture.trainer(project);
    var quinn = TrainingFixture.person("quinn", project, Role.QUALITY);
    var refused = "userTask_decideOnRefusedCandidate";
    assertThatThrownBy(() -> fixture.decide(training, refused, "waive", "why", trainer, null, null))
        .isInstanceOf(Forbidden.class);
    assertRejected(
        () -> fixture.decide(training, refused, "waive", " ", quinn, null, null),
        ErrorCode.REASON_REQUIRED);
    var quentin = TrainingFixture.person("quentin", project, Role.QUALITY);
    var evidence = trainings.get(training).evidence();
    assertRejected(
        () ->
            fixture.decide(
                training, "userTask_reviewPromotion", "approve", null, quentin, evidence, null),
        ErrorCode.WRONG_STATE,
        "blocks");
    fixture.decide(training, refused, "waive", "known drift", quinn, null, null);
    fixture.decide(training, "userTask_reviewPromotion", "approve", null, quentin, evidence, null);
    fixture.bean(CheckPromotion.class).handle(new CheckPromotion.Command(training));

    assertThat(trainings.get(training).waivers())
        .isNotEmpty()
        .allSatisfy(check -> assertThat(check.waiver()).isEqualTo("known drift"))
        .allSatisfy(check -> assertThat(check.waivedBy()).isEqualTo("quinn"));
    assertThat(trainings.get(training).checks())
        .allSatisfy(check -> assertThat(check.waiver()).isNull());
  }

  private TrainingId blocked() {
    var training = fixture.opened(fixture.project());
    fixture.registered(training, "weights", 0);
    var result = fixture.bean(CheckPromotion.class).handle(new CheckPromotion.Command(training));
    assertThat(result.verdict()).as("it was not made again").isEqualTo("block");
    return training;
  }

  @Test
  void whoAskedForTheTrainingDecidesNothingAboutItsPromotion() {
    var training = fixture.opened(fixture.project());
    var evidence = fixture.checked(training, 0).evidence();
    var pia = TrainingFixture.person("pia", training.project(), Role.QUALITY, Role.OWNER);

    for (var task : List.of("userTask_reviewPromotion", "userTask_approveProduction")) {
      assertThatThrownBy(() -> fixture.decide(training, task, "approve", null, pia, evidence, null))
          .isInstanceOfSatisfying(
              Forbidden.class,
              no -> assertThat(no.code()).isEqualTo(ErrorCode.SEPARATION_OF_DUTIES));
    }
  }

  @Test
  void changedBytesOfTheArtefactVoidTheApproval() throws IOException {
    var training = fixture.opened(fixture.project());
    var evidence = fixture.checked(training, 0).evidence();
    fixture.approved(training, evidence);
    var file =
        registry
            .find(training.project(), ModelVersionId.parse("damage@1.0.0"))
            .orElseThrow()
            .files()
            .get(0);
    StorageTampering.flip(home.resolve("objects").resolve(file.bucket().value()), file.key());

    assertRejected(
        () ->
            fixture
                .bean(VerifyPromotion.class)
                .handle(new VerifyPromotion.Command(training, evidence)),
        ErrorCode.ARTEFACT_CHANGED,
        "model.onnx");
    assertRejected(
        () ->
            fixture
                .bean(PromoteToProduction.class)
                .handle(new PromoteToProduction.Command(training, evidence)),
        ErrorCode.WRONG_STATE);
    assertThat(registry.alias(training.project(), TrainingFixture.MODEL, Alias.CHAMPION)).isEmpty();
  }

  @Test
  void anotherChampionMeanwhileVoidsTheApproval() {
    var project = fixture.project();
    var first = fixture.opened(project);
    var second =
        fixture
            .bean(StartTraining.class)
            .handle(fixture.request(project, Map.of("epochs", "9")))
            .training();
    var evidence = fixture.checked(first, 0).evidence();
    fixture.approved(first, evidence);
    fixture.promoted(second);

    assertRejected(
        () ->
            fixture
                .bean(VerifyPromotion.class)
                .handle(new VerifyPromotion.Command(first, evidence)),
        ErrorCode.CHAMPION_CHANGED,
        "champion");
    assertRejected(
        () ->
            fixture
                .bean(PromoteToProduction.class)
                .handle(new PromoteToProduction.Command(first, evidence)),
        ErrorCode.WRONG_STATE);
  }

  @Test
  void makingItAgainFromTheRecordGivesTheSameArtefactAndSaysSo() {
    var training = fixture.opened(fixture.project());
    fixture.checked(training, 0);
    var again = reproduce(training, "weights of " + training);

    assertThat(trainings.get(again).outcome()).startsWith("Same artefact as training " + training);
    assertThat(trainings.get(again).state()).isEqualTo(TrainingState.REPRODUCED);
    var other = reproduce(training, "other weights");
    assertThat(trainings.get(other).outcome()).startsWith("Another artefact");
  }

  private TrainingId reproduce(TrainingId training, String weights) {
    var again =
        fixture
            .bean(ReproduceTraining.class)
            .handle(
                new ReproduceTraining.Command(
                    training, TrainingFixture.trainer(training.project())))
            .training();
    var collected = fixture.trained(again, weights);
    assertThat(collected.reproduction()).isTrue();
    fixture.bean(CompareWithRecord.class).handle(new CompareWithRecord.Command(again));
    return again;
  }

  @Test
  void retrainingGivesTheCandidateUpAndStartsAnotherTraining() {
    var training = blocked();
    fixture.decide(
        training,
        "userTask_decideOnRefusedCandidate",
        "retrain",
        "too weak",
        TrainingFixture.person("mia", training.project(), Role.METHODOLOGY),
        null,
        null);
    var retrain = fixture.bean(RetrainModel.class);
    var command = new RetrainModel.Command(training, "epochs=20", "too weak");
    twice(() -> retrain.handle(command));
    var successor = retrain.handle(command).successor();

    assertThat(trainings.get(training).state()).isEqualTo(TrainingState.STOPPED);
    assertThat(trainings.get(successor).parameters()).containsEntry("epochs", "20");
    assertThat(trainings.get(successor).requestedBy()).isEqualTo("mia");
    assertThat(registry.find(training).orElseThrow().alias()).isEqualTo(Alias.ARCHIVED);
  }

  @Test
  void cancellingStopsJobsAndGivesTheCandidateUp() {
    var training = fixture.opened(fixture.project());
    var run =
        fixture
            .bean(PlanTraining.class)
            .handle(new PlanTraining.Command(training, fixture.open(training)));
    var job = fixture.stage(training, run.run(), 0, 0);
    fixture
        .bean(RequestTrainingCancel.class)
        .handle(
            new RequestTrainingCancel.Command(
                training, "wrong", TrainingFixture.trainer(training.project())));
    assertThat(process.calls).contains("cancel " + training + " wrong");
    var cancel = fixture.bean(CancelTraining.class);
    twice(() -> cancel.handle(new CancelTraining.Command(training, "wrong")));

    assertThat(jobs.cancelled).contains(job);
    assertThat(trainings.get(training).state()).isEqualTo(TrainingState.CANCELLED);
    assertRejected(
        () ->
            fixture
                .bean(RequestTrainingCancel.class)
                .handle(
                    new RequestTrainingCancel.Command(
                        training, "again", TrainingFixture.trainer(training.project()))),
        ErrorCode.WRONG_STATE);
  }

  @Test
  void pagesThroughTrainingsNewestFirst() {
    var project = fixture.project();
    for (var epochs : List.of("1", "2", "3")) {
      fixture.bean(StartTraining.class).handle(fixture.request(project, Map.of("epochs", epochs)));
    }
    var filter = new Trainings.Filter(TrainingFixture.MODEL, Set.of(), 2);
    var first = trainings.page(project, filter, null);
    var second = trainings.page(project, filter, first.next());

    assertThat(first.items()).hasSize(2);
    assertThat(second.items()).hasSize(1);
    assertThat(second.items().get(0).requestedAt())
        .isBeforeOrEqualTo(first.items().get(1).requestedAt());
  }

  /** As a {@code kill -9} right before the commit, and the retry. */
  private void twice(Runnable task) {
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status -> {
              task.run();
              status.setRollbackOnly();
            });
    task.run();
  }

  private static Map<String, byte[]> unzip(Trainings.Download file) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(file.content().readAllBytes()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
