package org.balsam.usecase.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.testing.RejectionFixture.assertRejected;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.balsam.kernel.Actor;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Layer;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.forge.Forge;
import org.balsam.testing.RecordedAudit;
import org.balsam.usecase.dataset.FindDueTrainings;
import org.balsam.usecase.dataset.StoreObject;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** What starts a training besides a person. */
@SpringBootTest(classes = TrainingSlice.class, webEnvironment = WebEnvironment.NONE)
class TrainingTriggersTest {

  private static final Period NEXT = new Period("1999");

  @Autowired TrainingFixture fixture;
  @Autowired Trainings trainings;
  @Autowired Forge forge;
  @Autowired RecordedAudit audit;
  @Autowired RecordedTrainingProcess process;

  @Test
  void dataThatCompleteALaterPeriodThanTheChampionsStartATraining() {
    var project = fixture.project(retrained(), true);
    fixture.promoted(fixture.opened(project));
    for (var month = 1; month < 12; month++) {
      assertThat(deliver(project, "1999-%02d".formatted(month))).isEmpty();
    }
    var due = deliver(project, "1999-12");

    assertThat(due).containsExactly(new FindDueTrainings.Due(TrainingFixture.MODEL, NEXT));
    var training = retrain(project, due.get(0)).training().orElseThrow();
    assertThat(process.calls).contains("start " + training + " DATA");
    assertThat(trainings.get(training).requestedBy()).isEqualTo("balsam");
    assertThat(trainings.get(training).trigger()).isEqualTo(TrainingTrigger.DATA);
    assertThat(retrain(project, due.get(0)).training()).as("once for a period").isEmpty();
  }

  @Test
  void dataStartNothingWithoutAChampionOrForItsOwnPeriodOrUnasked() {
    var project = fixture.project(retrained(), true);
    deliverYear(project, "1999");
    var due = new FindDueTrainings.Due(TrainingFixture.MODEL, NEXT);
    assertThat(retrain(project, due).training()).as("no champion").isEmpty();
    fixture.promoted(fixture.opened(project));
    var same = new FindDueTrainings.Due(TrainingFixture.MODEL, TrainingFixture.PERIOD);
    assertThat(retrain(project, same).training()).as("the champion's period").isEmpty();

    var unasked = fixture.project();
    assertThat(deliverYear(unasked, "1999")).isEmpty();
    assertThat(deliver(unasked, "1999")).isEmpty();
  }

  @Test
  void aMalformedProjectFileHarmsNoDelivery() {
    var project = fixture.project(retrained(), true);
    breakFile(project);

    assertThat(deliver(project, "1999")).isEmpty();
    assertThat(audit.together())
        .anySatisfy(
            entry -> {
              assertThat(entry.project()).isEqualTo(project.value());
              assertThat(entry.action()).isEqualTo("training.requested");
            });
  }

  @Test
  void driftBeyondTheThresholdStartsATrainingOnce() {
    var project = fixture.project();
    fixture.promoted(fixture.opened(project));
    var small = report(project, "1999", Map.of("operator", "4.9"), trainer(project));
    assertThat(small.drifted()).isEmpty();
    assertThat(small.training()).isNull();

    var measured = Map.of("operator", "5.01", "height", "0.1", "predictions", "6");
    var large = report(project, "1999", measured, trainer(project));
    assertThat(large.threshold()).isEqualByComparingTo("5");
    assertThat(large.drifted()).containsExactly("operator", "predictions");
    assertThat(process.calls).contains("start " + large.training() + " DRIFT");
    assertThat(report(project, "1999", measured, trainer(project)).training())
        .isEqualTo(large.training());
  }

  @Test
  void driftIsRefusedWithoutChampionFromStrangersAndWhenItIsNotAMeasurement() {
    var project = fixture.project();
    var good = Map.of("operator", "9");
    assertRejected(
        () -> report(project, "1998", good, trainer(project)),
        ErrorCode.WRONG_STATE,
        "no champion");
    fixture.promoted(fixture.opened(project));

    for (var wrong :
        List.of(Map.of("wind", "1"), Map.of("operator", "-1"), Map.<String, String>of())) {
      assertThatThrownBy(() -> report(project, "1999", wrong, trainer(project)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("operator");
    }
    var auditor = TrainingFixture.person("aude", project, Role.AUDITOR);
    assertThatThrownBy(() -> report(project, "1999", good, auditor)).isInstanceOf(Forbidden.class);
  }

  @Test
  void aScheduleStartsEachPeriodOnceAndIsRefusedWhatAPersonWouldCorrect() {
    var project = fixture.project();
    var training = scheduled(project, "damage", "1998");
    assertThat(trainings.get(training).requestedBy()).isEqualTo("ml-yearly");
    assertThat(process.calls).contains("start " + training + " SCHEDULE");
    assertRejected(
        () -> scheduled(project, "damage", "1998"), ErrorCode.ALREADY_EXISTS, "damage", "1998");
    assertRejected(() -> scheduled(project, "nothing", "1998"), ErrorCode.WRONG_STATE, "nothing");
    assertRejected(() -> scheduled(project, "damage", "1998-q1"), ErrorCode.WRONG_STATE, "quarter");
  }

  private TrainingId scheduled(ProjectId project, String model, String period) {
    return fixture
        .bean(StartTraining.class)
        .handle(
            new StartTraining.Command(
                project,
                new ModelName(model),
                new Period(period),
                Map.of(),
                null,
                TrainingTrigger.SCHEDULE,
                Actor.schedule("ml-yearly")))
        .training();
  }

  private ReportDrift.Result report(
      ProjectId project, String period, Map<String, String> psi, Actor actor) {
    var measured =
        psi.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> new BigDecimal(entry.getValue())));
    return fixture
        .bean(ReportDrift.class)
        .handle(
            new ReportDrift.Command(
                project, TrainingFixture.MODEL, new Period(period), measured, actor));
  }

  private RetrainOnData.Result retrain(ProjectId project, FindDueTrainings.Due due) {
    return fixture
        .bean(RetrainOnData.class)
        .handle(new RetrainOnData.Command(project, due.model(), due.period()));
  }

  private List<FindDueTrainings.Due> deliverYear(ProjectId project, String year) {
    return IntStream.rangeClosed(1, 12)
        .mapToObj(month -> deliver(project, "%s-%02d".formatted(year, month)))
        .reduce((before, last) -> last)
        .orElseThrow();
  }

  /** Delivers, and tells what is due then. */
  private List<FindDueTrainings.Due> deliver(ProjectId project, String period) {
    var dataset = new DatasetId(project, Layer.RAW, "strikes");
    var content = new ByteArrayInputStream("id\n1\n".getBytes(StandardCharsets.UTF_8));
    fixture
        .bean(StoreObject.class)
        .handle(
            new StoreObject.Command(
                dataset, new Period(period), 0, "strikes.csv", content, trainer(project)));
    return fixture
        .bean(FindDueTrainings.class)
        .handle(new FindDueTrainings.Command(dataset, new Period(period)))
        .due();
  }

  private void breakFile(ProjectId project) {
    var files = Map.of("balsam.yaml", "balsam: nonsense".getBytes(StandardCharsets.UTF_8));
    var author = new Forge.Author("Owner", "owner@example.invalid");
    forge.commit(project, "main", new Forge.Change(files, "Break it", author, true));
  }

  private static Actor trainer(ProjectId project) {
    return TrainingFixture.trainer(project);
  }

  private static String retrained() {
    return TrainingFixture.YAML.replace(
        "    reproduce: true\n", "    reproduce: true\n    retrain-on-data: true\n");
  }
}
