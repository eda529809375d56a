package org.balsam.standard.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.balsam.kernel.Invalid;
import org.balsam.standard.gate.CheckRule.SeriesColumns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTableTest {

  private static final String TABLE =
      """
      period,industry,jobs
      2009-Q1,retail,7.25
      2008-Q4,retail,7.5
      2008-Q4,all,100
      2009-Q1,all,
      2009-Q2,all,98.10
      """;

  @Test
  void aSeriesIsInTheOrderOfTimeWithoutEmptyCells() {
    var retail = read("retail", List.of());
    assertThat(retail.points())
        .extracting(point -> point.period() + " " + point.value().toPlainString())
        .containsExactly("2008-Q4 7.5", "2009-Q1 7.25");
    assertThat(retail.names()).containsExactly("retail", "all");
    assertThat(read("all", List.of()).points()).hasSize(2);
    assertThat(read("all", List.of()).newest(1).points())
        .singleElement()
        .extracting(SeriesTable.Point::period)
        .isEqualTo("2009-Q2");
  }

  @Test
  void withoutANameItIsTheFirstThatIsJudgedElseTheFirstOfTheTable() {
    assertThat(read(null, List.of("all")).name()).isEqualTo("all");
    assertThat(read(null, List.of()).name()).isEqualTo("retail");
    assertThat(read("retail", List.of("all")).name()).isEqualTo("retail");
  }

  @Test
  void aTableOfOneSeriesIsNamedAfterItsFigures() {
    var columns = new SeriesColumns(null, "jobs", "month", List.of());
    var table =
        SeriesTable.read(
            "out/jobs", columns, null, name -> new StringReader("month,jobs\n2009-01,4\n"));
    assertThat(table.name()).isEqualTo("jobs");
    assertThat(table.points()).hasSize(1);
  }

  @Test
  void whatIsNotThereHasNoPoints() {
    assertThat(read("unheard", List.of()).points()).isEmpty();
  }

  @Test
  void moreSeriesThanAListHoldsAreNotNamed() {
    var rows =
        IntStream.range(0, SeriesTable.MOST_NAMES + 3)
            .mapToObj(row -> "2009,s" + row + ",1")
            .collect(Collectors.joining("\n", "period,industry,jobs\n", "\n"));
    var last = "s" + (SeriesTable.MOST_NAMES + 2);
    var table = read(rows, last, List.of());
    assertThat(table.names()).hasSize(SeriesTable.MOST_NAMES).doesNotContain(last);
    assertThat(table.points()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "period,industry\n2009,all\n",
        "period,industry,jobs\nsoon,all,1\n",
        "period,industry,jobs\n2009,all,many\n",
        "period,industry,jobs\n2009,all\n"
      })
  void aMalformedTableIsRefused(String csv) {
    assertThatThrownBy(() -> read(csv, "all", List.of())).isInstanceOf(Invalid.class);
  }

  private static SeriesTable read(@Nullable String name, List<String> only) {
    return read(TABLE, name, only);
  }

  private static SeriesTable read(String csv, @Nullable String name, List<String> only) {
    var columns = new SeriesColumns("industry", "jobs", "period", only);
    return SeriesTable.read("out/jobs", columns, name, dataset -> new StringReader(csv));
  }
}
