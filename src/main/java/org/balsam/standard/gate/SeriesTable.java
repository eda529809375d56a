package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.gate.CheckRule.SeriesColumns;
import org.jspecify.annotations.Nullable;

/**
 * One time series of a table in long form, and the names of the others.
 *
 * @param name the series; the table's first one where none was asked for
 * @param names of the series of the table, in its order, at most {@value #MOST_NAMES}
 * @param points in the order of time; empty when the table has no such series
 */
public record SeriesTable(String name, List<String> names, List<Point> points) {

  /** More series than these are not named. */
  public static final int MOST_NAMES = 500;

  /**
   * One figure.
   *
   * @param period as the table writes it
   */
  public record Point(String period, BigDecimal value) {}

  public SeriesTable {
    names = List.copyOf(names);
    points = List.copyOf(points);
  }

  /**
   * Reads it, row by row.
   *
   * @param name null for the first series that the checks judge, else the first of the table
   * @throws Invalid when the table is malformed, or has more than a million rows
   */
  public static SeriesTable read(
      String dataset, SeriesColumns columns, @Nullable String name, TableSource tables) {
    var only = columns.only().isEmpty() ? null : columns.only().get(0);
    var picked = new Picked(columns, name == null ? only : name);
    var problems = new TableProblems();
    new TableReader(dataset, problems).read(tables, List.of(picked));
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems.list());
    }
    return picked.table();
  }

  /** The same with its newest points only. */
  public SeriesTable newest(int count) {
    return new SeriesTable(
        name, names, points.subList(Math.max(0, points.size() - count), points.size()));
  }

  /** Keeps the figures of one series and the names of all. */
  private static final class Picked implements RowVisitor {

    private final NavigableMap<LocalDate, Point> points = new TreeMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final SeriesColumns columns;
    private @Nullable String wanted;

    Picked(SeriesColumns columns, @Nullable String wanted) {
      this.columns = columns;
      this.wanted = wanted;
    }

    @Override
    public Set<String> columns() {
      return Stream.of(columns.series(), columns.value(), columns.time())
          .filter(column -> column != null)
          .collect(Collectors.toSet());
    }

    @Override
    public void row(TableRow row) {
      var name = columns.series() == null ? columns.value() : row.text(columns.series());
      if (names.size() < MOST_NAMES) {
        names.add(name);
      }
      wanted = wanted == null ? name : wanted;
      if (!name.equals(wanted)) {
        return;
      }
      var time = SeriesCollector.time(row, columns.time());
      var value = row.number(columns.value());
      if (time != null && value != null) {
        points.put(time, new Point(row.text(columns.time()), value));
      }
    }

    SeriesTable table() {
      return new SeriesTable(
          wanted == null ? columns.value() : wanted,
          List.copyOf(names),
          List.copyOf(points.values()));
    }
  }
}
