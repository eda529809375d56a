package org.balsam.standard.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Employment by industry computed a second time, from the source file with exact decimals and
 * without SQL, to compare the template's figures with.
 */
final class IndependentEmploymentFixture {

  /** Sum and number of the months known. */
  record Level(BigDecimal sum, int months) {}

  private final List<String> industries = new ArrayList<>();
  private final Map<String, BigDecimal> cells = new HashMap<>();
  private final List<String> months = new ArrayList<>();

  IndependentEmploymentFixture(byte[] csv) {
    var lines = new String(csv, StandardCharsets.UTF_8).split("\n");
    var header = lines[0].split(",");
    for (var column = 1; column < header.length - 1; column++) {
      industries.add(header[column].replace("utilties", "utilities"));
    }
    for (var line = 1; line < lines.length; line++) {
      var values = lines[line].split(",");
      months.add(values[0].substring(0, 7));
      for (var column = 1; column < header.length - 1; column++) {
        cells.put(
            values[0].substring(0, 7) + industries.get(column - 1), new BigDecimal(values[column]));
      }
    }
  }

  List<String> industries() {
    return industries;
  }

  /**
   * The expected table: period and industry → the six figures, as text, empty where there is none.
   */
  Map<String, List<String>> table(int year, int quarter, int knownMonths) {
    var table = new TreeMap<String, List<String>>();
    for (var y = 2006; y <= year; y++) {
      for (var q = 1; q <= (y == year ? quarter : 4); q++) {
        for (var industry : industries) {
          var known = y == year && q == quarter ? knownMonths : 3;
          var now = level(y, q, industry, known);
          var before = q == 1 ? level(y - 1, 4, industry, 3) : level(y, q - 1, industry, 3);
          var past = level(y - 1, q, industry, 3);
          table.put(
              y + "-Q" + q + " " + industry,
              List.of(
                  String.valueOf(known),
                  mean(now),
                  difference(now, before),
                  percent(now, before),
                  difference(now, past),
                  percent(now, past)));
        }
      }
    }
    return table;
  }

  @Nullable Level level(int year, int quarter, String industry, int known) {
    var sum = BigDecimal.ZERO;
    for (var month = 0; month < known; month++) {
      var cell = cells.get("%d-%02d%s".formatted(year, 3 * (quarter - 1) + 1 + month, industry));
      if (cell == null) {
        return null;
      }
      sum = sum.add(cell);
    }
    return new Level(sum, known);
  }

  private static String mean(Level level) {
    return level
        .sum()
        .divide(BigDecimal.valueOf(level.months()), 1, RoundingMode.HALF_UP)
        .toString();
  }

  private static String difference(Level now, @Nullable Level base) {
    if (base == null) {
      return "";
    }
    return cross(now, base)
        .divide(BigDecimal.valueOf((long) now.months() * base.months()), 1, RoundingMode.HALF_UP)
        .toString();
  }

  private static String percent(Level now, @Nullable Level base) {
    if (base == null) {
      return "";
    }
    return cross(now, base)
        .multiply(BigDecimal.valueOf(100))
        .divide(base.sum().multiply(BigDecimal.valueOf(now.months())), 2, RoundingMode.HALF_UP)
        .toString();
  }

  private static BigDecimal cross(Level now, Level base) {
    return now.sum()
        .multiply(BigDecimal.valueOf(base.months()))
        .subtract(base.sum().multiply(BigDecimal.valueOf(now.months())));
  }
}
