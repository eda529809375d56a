package org.balsam.standard.template;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Period;
import org.balsam.standard.yaml.Shown;

/** Cuts an example file into deliveries. */
public final class DemoData {

  private DemoData() {}

  /**
   * Splits a CSV text with one row per month into monthly files: the header as it is, then the
   * month's row, byte for byte; sorted by month.
   *
   * @param column the column with the first day of the month, {@code 2009-02-01}
   * @throws Invalid when there is no such column, or a row without a month of its own
   */
  public static SortedMap<Period, byte[]> byMonth(byte[] csv, String column) {
    return split(csv, column, true);
  }

  /**
   * Splits a CSV text with any number of rows per month into monthly files: the header as it is,
   * then the month's rows in their order, byte for byte; sorted by month.
   *
   * @param column the column with a day, {@code 2009-02-17}
   * @throws Invalid when there is no such column, or a row without a date
   */
  public static SortedMap<Period, byte[]> byDate(byte[] csv, String column) {
    return split(csv, column, false);
  }

  private static SortedMap<Period, byte[]> split(byte[] csv, String column, boolean single) {
    var lines = new String(csv, StandardCharsets.UTF_8).lines().toList();
    var header = lines.isEmpty() ? "" : lines.get(0);
    var position = List.of(header.split(",")).indexOf(column);
    if (position < 0) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "line 1", "has no column '" + column + "'");
    }
    var months = new TreeMap<Period, List<String>>(Comparator.comparing(Period::start));
    for (var number = 1; number < lines.size(); number++) {
      var month = month(lines.get(number), position, number + 1);
      var rows = months.computeIfAbsent(month, any -> new ArrayList<>(List.of(header)));
      if (single && rows.size() > 1) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT, "line " + (number + 1), "repeats the month " + month);
      }
      rows.add(lines.get(number));
    }
    var deliveries = new TreeMap<Period, byte[]>(Comparator.comparing(Period::start));
    months.forEach((month, rows) -> deliveries.put(month, delivery(rows)));
    return deliveries;
  }

  private static Period month(String line, int position, int number) {
    var cells = Arrays.asList(line.split(","));
    var text = position < cells.size() ? cells.get(position) : "";
    try {
      return Period.month(YearMonth.from(LocalDate.parse(text)));
    } catch (DateTimeException malformed) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "line " + number,
          "'" + Shown.of(text) + "' is not a date; allowed: 2009-02-01");
    }
  }

  private static byte[] delivery(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
