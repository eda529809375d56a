package org.balsam.standard.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.balsam.kernel.Period;
import org.balsam.kernel.Period.Frequency;
import org.balsam.standard.gate.CheckEvaluator;
import org.balsam.standard.gate.CheckResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The template's SQL, run with DuckDB on the real figures and compared with plain Java. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmploymentRoundTest {

  private static final List<String> FIGURES =
      List.of(
          "months_known",
          "employment",
          "change_previous_quarter",
          "change_previous_quarter_percent",
          "change_year",
          "change_year_percent");

  private ProjectFile file;
  private SortedMap<Period, byte[]> deliveries;
  private IndependentEmploymentFixture independent;

  @TempDir Path folder;
  private SqlRoundFixture round;

  @BeforeAll
  void loadTheTemplate() throws IOException {
    var templates =
        new ProjectTemplates(
            new TemplatesProperties("classpath*:/templates/"), new ProjectFileParser());
    var files = templates.render("statistical-production", Map.of("project", "emp-industry"));
    file = new ProjectFileParser().parse(files.get("balsam.yaml"), "balsam.yaml");
    deliveries = templates.demoDeliveries("statistical-production").get("raw/ces");
    independent =
        new IndependentEmploymentFixture(
            Files.readAllBytes(SqlRoundFixture.TEMPLATE.resolve("data/us-employment.csv")));
  }

  @BeforeEach
  void openARound() {
    round = new SqlRoundFixture(file, folder);
  }

  @Test
  void everyFigureOfEveryRoundEqualsAnIndependentComputation() throws Exception {
    var revisions = new ArrayList<BigDecimal>();
    for (var period = new Period("2006-q1");
        period.start().isBefore(LocalDate.of(2016, 1, 1));
        period = period.next()) {
      round.run(period, 0, known(period, 0), null);
      assertThat(figures(period)).isEqualTo(expected(period, 2));
      var flash = round.output("out/employment", "employment.csv").getParent();
      assertThat(rows("out/revisions", "revisions.csv")).isEmpty();

      round.run(period, 1, known(period, 1), flash);
      assertThat(figures(period)).isEqualTo(expected(period, 3));
      revisions.add(nonfarmRevision(period));
    }

    assertThat(revisions).hasSize(40);
    assertThat(revisions.stream().mapToDouble(value -> value.abs().doubleValue()).average())
        .hasValueCloseTo(0.08, within(0.005));
    assertThat(revisions.stream().min(BigDecimal::compareTo)).contains(new BigDecimal("-0.29"));
  }

  @Test
  void theParquetFileHoldsTheSameTable() throws Exception {
    var period = new Period("2009-q1");
    round.run(period, 0, known(period, 0), null);

    var rows = new TreeMap<String, List<String>>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT * FROM '" + round.output("out/employment", "employment.parquet") + "'")) {
      while (result.next()) {
        var figures = new ArrayList<String>();
        for (var column = 3; column <= 8; column++) {
          var text = result.getString(column);
          figures.add(text == null ? "" : text);
        }
        rows.put(result.getString(1) + " " + result.getString(2), figures);
      }
    }
    assertThat(rows).isEqualTo(expected(period, 2));
  }

  @Test
  void rowsAreSortedAndPeriodsWrittenAsSdmx() throws Exception {
    var period = new Period("2007-q2");
    round.run(period, 1, known(period, 1), null);

    var keys =
        rows("out/employment", "employment.csv").stream()
            .map(row -> row.get("period") + " " + row.get("industry"))
            .toList();
    assertThat(keys).isSorted().hasSize(6 * 22).first().asString().startsWith("2006-Q1 ");
  }

  @Test
  void theFallIn2009DemandsAnExplanationAndEverythingElsePasses() throws Exception {
    var period = new Period("2009-q1");
    round.run(period, 1, known(period, 1), null);

    var results = results();

    var yearChange = results.get("year-change");
    assertThat(yearChange.exceeded()).isTrue();
    assertThat(yearChange.severity().value()).isEqualTo("warn");
    assertThat(yearChange.scope()).isEqualTo("nonfarm 2009-Q1");
    assertThat(yearChange.value())
        .isCloseTo(new BigDecimal("-3.635"), within(new BigDecimal("0.001")));
    assertThat(yearChange.message()).contains("allowed ±3 %");
    assertThat(results.values())
        .filteredOn(result -> result.severity().value().equals("block"))
        .hasSize(11)
        .allSatisfy(result -> assertThat(result.exceeded()).as(result.message()).isFalse());
    assertThat(figures(period).get("2009-Q1 nonfarm"))
        .element(FIGURES.indexOf("change_year_percent"))
        .isEqualTo("-3.63");
  }

  @Test
  void theYearBeforePassesTheYearChange() throws Exception {
    var period = new Period("2008-q4");
    round.run(period, 1, known(period, 1), null);

    assertThat(results().get("year-change").exceeded()).isFalse();
  }

  @Test
  void noCheckBlocksInAnyQuarter() throws Exception {
    var period = new Period("2015-q4");
    round.run(period, 1, known(period, 1), null);

    assertThat(results().values())
        .filteredOn(result -> result.severity().value().equals("block"))
        .allSatisfy(result -> assertThat(result.exceeded()).as(result.message()).isFalse());
  }

  @Test
  void roundingMakesTradeDifferFromItsPartsByUpToAHalf() throws Exception {
    var period = new Period("2015-q4");
    round.run(period, 1, known(period, 1), null);

    var differences =
        rows("std/months", "months.csv").stream()
            .map(
                row ->
                    number(row, "trade_transportation_utilities")
                        .subtract(number(row, "wholesale_trade"))
                        .subtract(number(row, "retail_trade"))
                        .subtract(number(row, "transportation_and_warehousing"))
                        .subtract(number(row, "utilities"))
                        .abs())
            .toList();
    assertThat(differences).hasSize(120);
    assertThat(differences.stream().filter(value -> value.signum() != 0)).hasSize(111);
    assertThat(differences.stream().max(BigDecimal::compareTo))
        .hasValueSatisfying(value -> assertThat(value).isEqualByComparingTo("0.5"));
  }

  @Test
  void aMissingColumnEndsTheStepWithItsName() {
    assertThatThrownBy(() -> runBroken(csv -> csv.replaceFirst("manufacturing,", "manufacture,")))
        .hasMessageContaining("2009-02-ces.csv lacks the column manufacturing")
        .hasMessageContaining("all 24 columns");
  }

  @Test
  void aWrongMonthEndsTheStep() {
    assertThatThrownBy(() -> runBroken(csv -> csv.replace("2009-02-01", "2009-03-01")))
        .hasMessageContaining("2009-02-ces.csv holds the month 2009-03-01");
    assertThatThrownBy(() -> runBroken(csv -> csv.replace("2009-02-01", "February")))
        .hasMessageContaining("2009-02-ces.csv has the month 'February'; allowed:");
  }

  @Test
  void aValueThatIsNoNumberOrNegativeEndsTheStep() {
    for (var bad : List.of("n/a", "-5", "1e9", "", "12.345")) {
      assertThatThrownBy(() -> runBroken(csv -> csv.replaceFirst("(2009-02-01),\\d+", "$1," + bad)))
          .hasMessageContaining("2009-02-ces.csv, column nonfarm, has '" + bad + "'")
          .hasMessageContaining("allowed: a number not below 0");
    }
  }

  @Test
  void aDeliveryWithoutARowEndsTheStep() {
    assertThatThrownBy(() -> runBroken(csv -> csv.substring(0, csv.indexOf('\n') + 1)))
        .hasMessageContaining("2009-02-ces.csv has no row");
  }

  @Test
  void aMissingMonthEndsTheStep() {
    var period = new Period("2009-q1");
    var months = known(period, 0);
    months.remove(new Period("2008-05"));
    assertThatThrownBy(() -> round.run(period, 0, months, null))
        .hasMessageContaining("2008-Q2 has 2 months; every quarter before the round's own needs 3");
    var none = known(new Period("2008-q4"), 1);
    assertThatThrownBy(
            () -> new SqlRoundFixture(file, folder.resolve("x")).run(period, 0, none, null))
        .hasMessageContaining("no month of 2009-Q1 is known; the newest quarter is 2008-Q4");
  }

  @Test
  void aMonthAfterThePeriodEndsTheStep() {
    assertThatThrownBy(
            () -> round.run(new Period("2008-q4"), 1, known(new Period("2009-q1"), 0), null))
        .hasMessageContaining("2009-01-ces.csv, 2009-02-ces.csv lies after the period");
  }

  private void runBroken(UnaryOperator<String> damage) throws SQLException {
    var period = new Period("2009-q1");
    var months = known(period, 0);
    months.computeIfPresent(
        new Period("2009-02"),
        (month, csv) ->
            damage.apply(new String(csv, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
    new SqlRoundFixture(file, folder.resolve(String.valueOf(System.nanoTime())))
        .run(period, 0, months, null);
  }

  /** The deliveries that a round may see. */
  private SortedMap<Period, byte[]> known(Period period, int revision) {
    var until = period.start().plusMonths(file.inputs().get("ces").knownMonths(revision));
    return new TreeMap<>(deliveries.headMap(Period.of(Frequency.MONTH, until)));
  }

  private Map<String, List<String>> expected(Period period, int knownMonths) {
    var quarter = period.value().charAt(6) - '0';
    return independent.table(period.start().getYear(), quarter, knownMonths);
  }

  private Map<String, List<String>> figures(Period period) {
    var rows = rows("out/employment", "employment.csv");
    assertThat(rows.get(rows.size() - 1).get("period")).isEqualTo(period.sdmx());
    return rows.stream()
        .collect(
            Collectors.toMap(
                row -> row.get("period") + " " + row.get("industry"),
                row -> FIGURES.stream().map(row::get).toList(),
                (one, other) -> {
                  throw new AssertionError("a row occurs twice: " + one);
                },
                TreeMap::new));
  }

  private BigDecimal nonfarmRevision(Period period) {
    var rows = rows("out/revisions", "revisions.csv");
    assertThat(rows)
        .hasSize(22)
        .allSatisfy(
            row -> {
              assertThat(row.get("period")).isEqualTo(period.sdmx());
              assertThat(number(row, "employment").subtract(number(row, "employment_before")))
                  .isEqualByComparingTo(number(row, "revision"));
            });
    return rows.stream()
        .filter(row -> row.get("industry").equals("nonfarm"))
        .map(row -> number(row, "revision_percent"))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, CheckResult> results() {
    return new CheckEvaluator()
        .evaluate(file.checks(), this::table).stream()
            .collect(Collectors.toMap(CheckResult::check, result -> result));
  }

  private Reader table(String dataset) {
    try {
      var name = file.csvFile(DatasetRef.parse(dataset)).orElseThrow();
      return Files.newBufferedReader(round.output(dataset, name));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static BigDecimal number(CSVRecord row, String column) {
    return new BigDecimal(row.get(column));
  }

  private List<CSVRecord> rows(String dataset, String name) {
    var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (var parser =
        CSVParser.parse(Files.newBufferedReader(round.output(dataset, name)), format)) {
      return parser.getRecords();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
