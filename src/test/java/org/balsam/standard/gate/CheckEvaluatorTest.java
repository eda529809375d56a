package org.balsam.standard.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.standard.gate.CheckRule.Balance;
import org.balsam.standard.gate.CheckRule.Change;
import org.balsam.standard.gate.CheckRule.Completeness;
import org.balsam.standard.gate.CheckRule.MinimumCount;
import org.balsam.standard.gate.CheckRule.Outlier;
import org.balsam.standard.gate.CheckRule.SeriesColumns;
import org.junit.jupiter.api.Test;

class CheckEvaluatorTest {

  private static final SeriesColumns SERIES =
      new SeriesColumns("industry", "jobs", "period", List.of());
  private static final Balance BALANCE =
      new Balance("total", List.of("a", "b"), false, BigDecimal.ONE);

  @Test
  void completenessIsDeliveredOverRequiredCells() {
    var all = new Completeness(List.of(), OptionalInt.empty());

    var gaps = result(all, "a,b\n1,2\n3,\n,6\n7,8\n");
    assertThat(gaps.value()).isEqualByComparingTo("0.75"); // 6 of 8
    assertThat(gaps.threshold()).isEqualByComparingTo("1");
    assertThat(gaps.exceeded()).isTrue();
    assertThat(gaps.scope()).isEqualTo("row 2 (3) b; row 3 () a");

    var full = result(new Completeness(List.of("a"), OptionalInt.empty()), "a,b\n1,\n2,\n");
    assertThat(full.value()).isEqualByComparingTo("1");
    assertThat(full.exceeded()).isFalse();
  }

  @Test
  void completenessCountsRowsThatAreNotThere() {
    var rule = new Completeness(List.of("a"), OptionalInt.of(4));

    var three = result(rule, "a\n1\n2\n3\n");
    assertThat(three.value()).isEqualByComparingTo("0.75");
    assertThat(three.exceeded()).isTrue();
    assertThat(result(rule, "a\n1\n2\n3\n4\n").exceeded()).isFalse();
    assertThat(result(rule, "a\n1\n2\n3\n4\n5\n").exceeded()).isTrue();
  }

  @Test
  void balanceIsExactUnlessRounded() {
    var table = "month,total,a,b\nm1,0.3,0.1,0.2\nm2,10,4,5.9\n";

    var exact = result(BALANCE, table);
    assertThat(exact.value()).isEqualByComparingTo("1");
    assertThat(exact.scope()).isEqualTo("row 2 (m2) differs by 0.1");
    assertThat(exact.exceeded()).isTrue();

    var rounded = new Balance("total", List.of("a", "b"), true, new BigDecimal("0.1"));
    assertThat(rounded.tolerance()).isEqualByComparingTo("0.1"); // 0.5 × 2 × 0.1
    assertThat(result(rounded, table).exceeded()).isFalse();
    assertThat(result(rounded, "total,a,b\n10,4,5.89\n").exceeded()).isTrue();
  }

  @Test
  void balanceFailsWhereACellIsEmpty() {
    var result = result(BALANCE, "total,a,b\n3,1,\n");

    assertThat(result.exceeded()).isTrue();
    assertThat(result.scope()).isEqualTo("row 1 (3) has an empty cell");
  }

  @Test
  void changeJudgesTheNewestPeriodAgainstABoundInPercent() {
    var rule = new Change(SERIES, 1, new BigDecimal("3"), null, 20);

    var fall = result(rule, quarters("x", 100, 100, 96));
    assertThat(fall.value()).isEqualByComparingTo("-4");
    assertThat(fall.threshold()).isEqualByComparingTo("3");
    assertThat(fall.exceeded()).isTrue();
    assertThat(fall.scope()).isEqualTo("x 2006-Q3");
    assertThat(fall.message())
        .isEqualTo("x in 2006-Q3: change of -4.00 % on the previous period, allowed ±3 %");
    assertThat(result(rule, quarters("x", 100, 50, 51.5)).exceeded()).isFalse(); // exactly 3 %
  }

  @Test
  void changeComparesWithTheSamePeriodAYearBefore() {
    var rule = new Change(SERIES, 4, new BigDecimal("3"), null, 20);

    assertThat(result(rule, quarters("x", 100, 1, 1, 1, 105)).value()).isEqualByComparingTo("5");
    var early = result(rule, quarters("x", 100, 1, 1, 1));
    assertThat(early.exceeded()).isFalse();
    assertThat(early.value()).isNull();
    assertThat(early.message()).contains("not judged");
  }

  @Test
  void changeIsUnusualByItsZScoreAgainstOwnHistory() {
    // changes +1 % and -1 % in turn: mean 0, s = sqrt(8/7) = 1.0690; newest +5 %: z = 4.6771
    var rule = new Change(SERIES, 1, null, new BigDecimal("3"), 20);
    var figures =
        new double[] {
          100,
          101,
          99.99,
          100.9899,
          99.980001,
          100.97980101,
          99.970003,
          100.96970303,
          99.960006,
          104.9580063
        };

    var result = result(rule, quarters("x", figures));

    assertThat(result.value()).isBetween(new BigDecimal("4.67"), new BigDecimal("4.69"));
    assertThat(result.exceeded()).isTrue();
    assertThat(result.message()).contains("against 8 earlier changes");
    var short8 = result(rule, quarters("x", 100, 101, 99, 120));
    assertThat(short8.exceeded()).isFalse();
    assertThat(short8.message()).contains("only 2 earlier changes, at least 8 are needed");
  }

  @Test
  void changeKeepsOnlyTheHistoryThatIsAskedFor() {
    // the wild first changes lie before the last 8, which vary by exactly ±1
    var rule = new Change(SERIES, 1, null, new BigDecimal("3"), 8);
    var table =
        quarters(
            "x",
            10,
            90,
            100,
            101,
            99.99,
            100.9899,
            99.980001,
            100.97980101,
            99.970003,
            100.96970303,
            99.960006,
            104.9580063);

    assertThat(result(rule, table).exceeded()).isTrue();
    assertThat(result(new Change(SERIES, 1, null, new BigDecimal("3"), 20), table).exceeded())
        .isFalse();
  }

  @Test
  void changeShowsTheWorstSeriesAndNamesAllThatExceed() {
    var rule = new Change(SERIES, 1, BigDecimal.TEN, null, 20);
    var table =
        "industry,period,jobs\na,2006-Q1,100\na,2006-Q2,120\nb,2006-Q1,100\nb,2006-Q2,50\nc,2006-Q1,1\nc,2006-Q2,1\n";

    var result = result(rule, table);

    assertThat(result.scope()).isEqualTo("b 2006-Q2");
    assertThat(result.value()).isEqualByComparingTo("-50");
    assertThat(result.message())
        .contains("b in 2006-Q2")
        .contains("a in 2006-Q2")
        .doesNotContain("c in");
    var onlyC = new SeriesColumns("industry", "jobs", "period", List.of("c"));
    assertThat(result(new Change(onlyC, 1, BigDecimal.TEN, null, 20), table).exceeded()).isFalse();
  }

  @Test
  void changeFailsWhereTheNewestFigureIsMissing() {
    var rule = new Change(SERIES, 1, BigDecimal.TEN, null, 20);

    var vanished = result(rule, "industry,period,jobs\na,2006-Q1,1\na,2006-Q2,1\nb,2006-Q1,1\n");
    assertThat(vanished.exceeded()).isTrue();
    assertThat(vanished.scope()).isEqualTo("b 2006-Q2");
    assertThat(result(rule, quarters("x", 0, 5)).exceeded()).isTrue();
    var unknown = new SeriesColumns("industry", "jobs", "period", List.of("z"));
    assertThat(
            result(new Change(unknown, 1, BigDecimal.TEN, null, 20), quarters("x", 1, 1))
                .exceeded())
        .isTrue();
  }

  @Test
  void outlierUsesTheMedianAbsoluteDeviation() {
    // changes in percent: 1 2 3 4 5 6 7 8 9, then 20; median 5, MAD 2
    // (20 − 5) / (1.4826 × 2) = 5.0587
    var figures = new StringBuilder("industry,period,jobs\n");
    var level = new BigDecimal("1000000");
    var year = 2000;
    figures.append("x,").append(year).append(',').append(level).append('\n');
    for (var change : List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 20)) {
      level = level.multiply(BigDecimal.valueOf(100 + change)).movePointLeft(2);
      figures.append("x,").append(++year).append(',').append(level.toPlainString()).append('\n');
    }
    var five = new Outlier(SERIES, new BigDecimal("5"));

    var result = result(five, figures.toString());

    assertThat(result.value()).isEqualByComparingTo("5.0587");
    assertThat(result.exceeded()).isTrue();
    var six = new Outlier(SERIES, new BigDecimal("6"));
    assertThat(result(six, figures.toString()).exceeded()).isFalse();
  }

  @Test
  void outlierCannotBeMeasuredAgainstAHistoryWithoutVariation() {
    var rule = new Outlier(SERIES, new BigDecimal("5"));
    var flat = new double[] {5, 5, 5, 5, 5, 5, 5, 5, 5, 5};

    assertThat(result(rule, quarters("x", flat)).exceeded()).isFalse();
    flat[9] = 6;
    var moved = result(rule, quarters("x", flat));
    assertThat(moved.exceeded()).isTrue();
    assertThat(moved.value()).isNull();
  }

  @Test
  void minimumCountNamesTheRowsBelow() {
    var rule = new MinimumCount("n", new BigDecimal("3"));

    var result = result(rule, "cell,n\nA,3\nB,2\nC,10\n");
    assertThat(result.value()).isEqualByComparingTo("2");
    assertThat(result.scope()).isEqualTo("row 2 (B) has 2");
    assertThat(result.exceeded()).isTrue();
    var single = result(rule, "cell,n\nA,3\n");
    assertThat(single.exceeded()).isFalse();
    assertThat(single.scope()).isEqualTo("1 row");
    assertThat(single.message()).isEqualTo("0 of 1 row has a n below 3");
  }

  @Test
  void anEmptyTableFailsEveryCheck() {
    for (var rule :
        List.of(
            BALANCE,
            new Completeness(List.of(), OptionalInt.empty()),
            new Change(SERIES, 1, BigDecimal.TEN, null, 20),
            new Outlier(SERIES, BigDecimal.TEN),
            new MinimumCount("total", BigDecimal.ONE))) {
      var result = result(rule, "total,a,b,industry,jobs,period\n");
      assertThat(result.exceeded()).as(rule.type()).isTrue();
      assertThat(result.message()).contains("no rows");
    }
  }

  @Test
  void namesEveryPlaceThatIsMalformed() {
    var refusal = refusal(BALANCE, "month,total,a,b\nm1,1,x,2\nm2,1,2\nm3,NaN,1,1e999999999\n");

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(refusal.problems())
        .extracting(Invalid.Problem::toString)
        .containsExactly(
            "std/t, row 1, column a: 'x' is not a number; allowed: digits with an optional decimal point, or empty",
            "std/t, row 2: has 3 cells, the header has 4",
            "std/t, row 3, column total: 'NaN' is not a number; allowed: digits with an optional decimal point, or empty",
            "std/t, row 3, column b: '1e999999999' is not a number; allowed: digits with an optional decimal point, or empty");
  }

  @Test
  void namesAtMostTwentyPlaces() {
    assertThat(refusal(BALANCE, "total,a,b\n" + "x,y,z\n".repeat(50)).problems()).hasSize(20);
  }

  @Test
  void namesTheColumnsThatAreMissing() {
    assertThat(refusal(BALANCE, "month,total,b\nm1,1,1\n"))
        .hasMessage("std/t, column a: is missing; the table has: month, total, b");
    assertThat(refusal(BALANCE, "")).hasMessageContaining("column a: is missing");
    assertThat(refusal(BALANCE, "a,a,b\n")).hasMessageContaining("a name that occurs twice");
  }

  @Test
  void refusesTextThatIsNoTable() {
    assertThat(refusal(BALANCE, "total,a,b\n\"1,2,3\n")).hasMessageContaining("not a CSV table");
    var change = new Change(SERIES, 1, BigDecimal.TEN, null, 20);
    assertThat(refusal(change, "industry,period,jobs\nx,2006-Q5,1\n"))
        .hasMessageContaining("'2006-Q5' is not a period");
    assertThat(refusal(change, "industry,period,jobs\nx,2006-Q1,1\nx,2006-Q1,1\n"))
        .hasMessageContaining("'2006-Q1' occurs twice in the series x");
  }

  @Test
  void refusesMoreThanAMillionRows() {
    var header = new StringReader("n\n");
    var rows = new Endless("1\n");
    var check = check(new MinimumCount("n", BigDecimal.ONE));

    var refusal =
        catchThrowableOfType(
            Invalid.class,
            () ->
                new CheckEvaluator().evaluate(List.of(check), dataset -> new Chain(header, rows)));

    assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(refusal).hasMessageContaining("more than 1000000 rows");
  }

  @Test
  void ignoresAByteOrderMark() {
    assertThat(result(BALANCE, "\uFEFFtotal,a,b\n3,1,2\n").exceeded()).isFalse();
  }

  @Test
  void readsEachTableOnceAndKeepsTheOrderOfTheChecks() {
    var opened = new ArrayList<String>();
    var checks =
        List.of(
            new CheckDefinition("one", "5.3", "A7", "std/t", Severity.BLOCK, BALANCE),
            new CheckDefinition("two", "5.3", null, "out/u", Severity.WARN, BALANCE),
            new CheckDefinition("three", "5.3", null, "std/t", Severity.INFO, BALANCE));

    var results =
        new CheckEvaluator()
            .evaluate(
                checks,
                dataset -> {
                  opened.add(dataset);
                  return new StringReader("total,a,b\n3,1,2\n");
                });

    assertThat(results).extracting(CheckResult::check).containsExactly("one", "two", "three");
    assertThat(results.get(0).sims()).isEqualTo("A7");
    assertThat(opened).containsExactly("std/t", "out/u");
  }

  @Test
  void troubleOfTheStorageIsNotAFaultOfTheTable() {
    var check = check(BALANCE);
    var failure =
        catchThrowableOfType(
            ExternalFailure.class,
            () ->
                new CheckEvaluator()
                    .evaluate(
                        List.of(check),
                        dataset ->
                            new Chain(
                                new StringReader("total,a,b\n"),
                                new Endless("") {
                                  @Override
                                  public int read(char[] buffer, int offset, int length)
                                      throws IOException {
                                    throw new IOException("disk gone");
                                  }
                                })));

    assertThat(failure.retryable()).isTrue();
  }

  private static CheckDefinition check(CheckRule rule) {
    return new CheckDefinition("check", "5.3", null, "std/t", Severity.BLOCK, rule);
  }

  private static CheckResult result(CheckRule rule, String table) {
    return new CheckEvaluator()
        .evaluate(List.of(check(rule)), dataset -> new StringReader(table))
        .get(0);
  }

  private static Invalid refusal(CheckRule rule, String table) {
    var refusal = catchThrowableOfType(Invalid.class, () -> result(rule, table));
    assertThat(refusal).as("the table is accepted").isNotNull();
    return refusal;
  }

  /** One series of quarters from 2006-Q1. */
  private static String quarters(String series, double... figures) {
    var table = new StringBuilder("industry,period,jobs\n");
    for (var index = 0; index < figures.length; index++) {
      table.append(
          "%s,%d-Q%d,%s\n"
              .formatted(
                  series,
                  2006 + index / 4,
                  index % 4 + 1,
                  BigDecimal.valueOf(figures[index]).toPlainString()));
    }
    return table.toString();
  }

  private static class Endless extends Reader {
    private final String line;
    private int position;

    Endless(String line) {
      this.line = line;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      for (var index = 0; index < length; index++) {
        buffer[offset + index] = line.charAt(position++ % line.length());
      }
      return length;
    }

    @Override
    public void close() {}
  }

  private static final class Chain extends Reader {
    private final Reader first;
    private final Reader second;

    Chain(Reader first, Reader second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      var read = first.read(buffer, offset, length);
      return read > 0 ? read : second.read(buffer, offset, length);
    }

    @Override
    public void close() {}
  }
}
