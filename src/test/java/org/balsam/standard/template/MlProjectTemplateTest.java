package org.balsam.standard.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.balsam.kernel.Period;
import org.balsam.platform.compute.runner.StepRunner;
import org.balsam.standard.promotion.ClassificationMetrics;
import org.balsam.standard.promotion.Drift;
import org.balsam.standard.promotion.Feature;
import org.balsam.standard.promotion.FeatureKind;
import org.balsam.standard.promotion.FrozenBins;
import org.balsam.standard.promotion.ModelCard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instantiates the template in a real repository and trains with the real step runner. */
class MlProjectTemplateTest {

  private static final String ID = "ml-project";
  private static final Path DATA = Path.of("templates/ml-project/data/birdstrikes.csv");
  private static final Period YEAR = new Period("1998");
  private static final String EFFECT = "Effect Amount of damage";
  private static final String SPEED = "Speed IAS in knots";

  @TempDir Path folder;

  private final ProjectTemplates templates =
      new ProjectTemplates(
          new TemplatesProperties("classpath*:/templates/"), new ProjectFileParser());

  @Test
  void theExampleDataAreTheSourcesBytes() throws Exception {
    var csv = Files.readAllBytes(DATA);
    var blob = MessageDigest.getInstance("SHA-1");
    blob.update(("blob " + csv.length + "\0").getBytes(StandardCharsets.UTF_8));

    var hash = HexFormat.of().formatHex(blob.digest(csv));
    assertThat(hash).isEqualTo("1b8b190c9bc02ef7bcbfe5a8a70f61b1616d3f6c");
    assertThat(Files.readString(DATA.resolveSibling("DATASHEET.md"))).contains(hash);
  }

  @Test
  void theExampleDataComeByMonthWithoutLosingARow() throws Exception {
    var months = deliveries();

    assertThat(months).hasSize(151);
    assertThat(months.firstKey()).isEqualTo(new Period("1990-01"));
    assertThat(months.lastKey()).isEqualTo(new Period("2002-07"));
    var lines = Files.readAllLines(DATA);
    var delivered =
        months.values().stream()
            .flatMap(csv -> new String(csv, StandardCharsets.UTF_8).lines().skip(1))
            .toList();
    assertThat(delivered).isEqualTo(lines.subList(1, lines.size()));
    assertThat(new String(months.get(new Period("1990-01")), StandardCharsets.UTF_8))
        .startsWith(lines.get(0) + "\n" + lines.get(1) + "\n");
  }

  @Test
  void theExampleDataAreAsTheDatasheetSays() throws Exception {
    var rows = reports(period -> true);

    assertThat(rows).hasSize(10_000);
    assertThat(rows.stream().map(MlProjectTemplateTest::quarter).distinct()).hasSize(51);
    assertThat(rows).filteredOn(row -> !known(row)).hasSize(15);
    assertThat(share(rows, row -> row.get(SPEED).isEmpty())).isCloseTo(0.2836, within(1e-9));
    assertThat(share(reports(year("1990")), row -> row.get(SPEED).isEmpty()))
        .isCloseTo(0.12, within(0.005));
    assertThat(share(reports(year("1999")), row -> row.get(SPEED).isEmpty()))
        .isCloseTo(0.36, within(0.005));
    var judged = rows.stream().filter(MlProjectTemplateTest::known).toList();
    assertThat(share(judged, row -> !row.get(EFFECT).equals("None")))
        .isCloseTo(0.105, within(5e-4));
  }

  @ParameterizedTest
  @CsvSource({"1998, 0.26", "1999, 0.37", "2000, 0.50", "2001, 0.40", "2002, 0.66"})
  void theOperatorsDriftAwayFromThoseBefore1998(String year, double psi) throws Exception {
    var before = operators(period -> period.start().getYear() < 1998);

    var drift = Drift.of(FrozenBins.of(before), before, operators(year(year)));

    assertThat(drift.psi()).isCloseTo(psi, within(0.005));
  }

  @Test
  void theCardLacksNothingThatPeopleWrite() {
    var card = ModelCard.read(render().get("model-card.yaml"), "model-card.yaml");

    assertThat(
            Arrays.stream(org.balsam.standard.promotion.CardField.values())
                .filter(field -> !field.generated())
                .filter(field -> card.text(field).isEmpty()))
        .isEmpty();
  }

  @Test
  void cutsTheSetsByTime() throws Exception {
    var training = training("1998");

    assertThat(dates(training, "train"))
        .allMatch(date -> date.compareTo("1997-01-01") < 0)
        .contains("1990-01-08")
        .anyMatch(date -> date.startsWith("1996-12"));
    assertThat(dates(training, "validation")).allMatch(date -> date.startsWith("1997-"));
    assertThat(dates(training, "test")).allMatch(date -> date.startsWith("1998-"));
    assertThat(dates(training, "latest")).allMatch(date -> date.compareTo("1998-07-01") >= 0);
    assertThat(dates(training, "test")).hasSize(906);
    var sizes = Stream.of("train", "validation", "test").mapToInt(set -> rows(training, set)).sum();
    assertThat(sizes + 9).as("9 reports have a damage code outside the list").isEqualTo(6272);
    assertThat(rows(training, "latest")).isPositive().isLessThan(rows(training, "test"));
  }

  @Test
  void keepsEveryReportAndNamesItAlike() throws Exception {
    var training = training("1998");
    var all = lines(training, "strikes");

    assertThat(all).hasSize(6272);
    assertThat(all).filteredOn(line -> line.contains(",unknown,")).isNotEmpty();
    assertThat(all).filteredOn(line -> line.endsWith(",none")).hasSize(9);
    assertThat(new HashSet<>(all.stream().map(line -> line.split(",")[0]).toList())).hasSize(6272);
    assertThat(all).anyMatch(line -> line.contains(",,train") || line.contains(",,test"));
    var later = training("2002");
    assertThat(lines(later, "strikes").subList(0, 100))
        .extracting(line -> line.substring(0, line.lastIndexOf(',')))
        .isEqualTo(
            all.subList(0, 100).stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList());
    assertThat(dates(later, "latest")).allMatch(date -> date.compareTo("2002-02-01") >= 0);
  }

  @Test
  void trainsAModelThatPredictsTheNextYearAndTwiceTheSame() throws Exception {
    var training = training("1998");
    var again = training("1998");

    var test = training.score(YEAR, training.model().sets().test());
    var metrics = ClassificationMetrics.of(test, training.model().positive());
    assertThat(metrics.cases()).isEqualTo(906);
    assertThat(metrics.auc()).isBetween(0.78, 0.86);
    assertThat(metrics.brier()).isBetween(0.07, 0.09);
    assertThat(training.score(YEAR, training.model().sets().latest()).size())
        .isEqualTo(rows(training, "latest"));
    var artefact = training.model().artefact();
    assertThat(again.published(artefact, "model.onnx").sha256())
        .isEqualTo(training.published(artefact, "model.onnx").sha256());
    assertThat(training.text("proc/model", "metrics.csv"))
        .startsWith("step,name,value\n")
        .contains("validation-brier");
  }

  private TrainingFixture training(String year) throws Exception {
    var training =
        new TrainingFixture(
            Files.createTempDirectory(folder, "training"),
            StepRunner.DEFAULT_PATH,
            render(),
            "damage");
    training.train(new Period(year), deliveries());
    return training;
  }

  private Map<String, byte[]> render() {
    return templates.render(ID, Map.of("project", TrainingFixture.PROJECT.value()));
  }

  private SortedMap<Period, byte[]> deliveries() {
    return templates.demoDeliveries(ID).get("raw/strikes");
  }

  private Feature operators(Predicate<Period> months) throws Exception {
    return Feature.of(
        "operator",
        FeatureKind.CATEGORY,
        reports(months).stream().map(row -> row.get("Aircraft Airline Operator")).toList());
  }

  private List<CSVRecord> reports(Predicate<Period> months) throws Exception {
    var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    var reports = new ArrayList<CSVRecord>();
    for (var month : deliveries().entrySet()) {
      if (months.test(month.getKey())) {
        var csv = new String(month.getValue(), StandardCharsets.UTF_8);
        reports.addAll(CSVParser.parse(csv, format).getRecords());
      }
    }
    return reports;
  }

  private static Predicate<Period> year(String year) {
    return month -> month.value().startsWith(year);
  }

  private static String quarter(CSVRecord row) {
    var date = LocalDate.parse(row.get("Flight Date"));
    return date.getYear() + "-" + date.get(IsoFields.QUARTER_OF_YEAR);
  }

  private static boolean known(CSVRecord row) {
    return Set.of("None", "Minor", "Medium", "Substantial").contains(row.get(EFFECT));
  }

  private static double share(List<CSVRecord> rows, Predicate<CSVRecord> those) {
    return (double) rows.stream().filter(those).count() / rows.size();
  }

  private static List<String> dates(TrainingFixture training, String set) {
    return lines(training, set).stream().map(line -> line.split(",")[1]).toList();
  }

  private static int rows(TrainingFixture training, String set) {
    return lines(training, set).size();
  }

  private static List<String> lines(TrainingFixture training, String set) {
    try {
      return training.text("std/" + set, set + ".csv").lines().skip(1).toList();
    } catch (java.io.IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }
}
