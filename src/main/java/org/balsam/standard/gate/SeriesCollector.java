package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Period;
import org.balsam.standard.gate.CheckRule.SeriesColumns;
import org.jspecify.annotations.Nullable;

/**
 * Collects the time series of a table in long form. The times that occur in the table are taken as
 * consecutive.
 */
final class SeriesCollector {

  private final SeriesColumns columns;
  private final Map<String, NavigableMap<LocalDate, BigDecimal>> series = new TreeMap<>();
  private final NavigableMap<LocalDate, String> times = new TreeMap<>();
  private final Set<List<Object>> seen = new HashSet<>();

  SeriesCollector(SeriesColumns columns) {
    this.columns = columns;
    columns.only().forEach(name -> series.put(name, new TreeMap<>()));
  }

  Set<String> columns() {
    var names = new HashSet<>(Set.of(columns.value(), columns.time()));
    if (columns.series() != null) {
      names.add(columns.series());
    }
    return names;
  }

  void row(TableRow row) {
    var name = columns.series() == null ? columns.value() : row.text(columns.series());
    if (!columns.only().isEmpty() && !columns.only().contains(name)) {
      return;
    }
    var time = time(row, columns.time());
    var value = row.number(columns.value());
    if (time == null) {
      return;
    }
    if (!seen.add(List.of(name, time))) {
      row.fault(columns.time(), "occurs twice in the series " + Words.printable(name));
      return;
    }
    times.put(time, row.text(columns.time()));
    var figures = series.computeIfAbsent(name, unused -> new TreeMap<>());
    if (value != null) {
      figures.put(time, value);
    }
  }

  /** The first day of the period in a cell; null when it is none, which is reported. */
  static @Nullable LocalDate time(TableRow row, String column) {
    var text = row.text(column);
    try {
      return text.length() == 10 ? LocalDate.parse(text) : Period.parse(text).start();
    } catch (DateTimeParseException | Invalid malformed) {
      row.fault(column, "is not a period; allowed: 2009-Q1, 2009-01, 2009, 2009-01-01");
      return null;
    }
  }

  boolean isEmpty() {
    return times.isEmpty();
  }

  Set<String> names() {
    return series.keySet();
  }

  /** The newest time as the table writes it. */
  String newest() {
    return times.lastEntry().getValue();
  }

  /** The series' figures in the order of time, one for each time of the table; null where none. */
  List<@Nullable BigDecimal> figures(String name) {
    var known = series.get(name);
    var figures = new ArrayList<@Nullable BigDecimal>();
    times.keySet().forEach(time -> figures.add(known.get(time)));
    return figures;
  }
}
