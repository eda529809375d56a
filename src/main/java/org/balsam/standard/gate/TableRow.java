package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** One row of a table; faults of its cells go to the problems. */
final class TableRow {

  /** Bounded digits and exponent: no cell can make the arithmetic expensive. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,30}(?:\\.\\d{1,20})?(?:[eE][+-]?\\d{1,2})?");

  private final String dataset;
  private final long number;
  private final CSVRecord cells;
  private final TableProblems problems;

  TableRow(String dataset, long number, CSVRecord cells, TableProblems problems) {
    this.dataset = dataset;
    this.number = number;
    this.cells = cells;
    this.problems = problems;
  }

  /** The row's number; the first row after the header is 1. */
  long number() {
    return number;
  }

  /** The row's number and first cell, to find it by. */
  String label() {
    return "row " + number + " (" + Words.printable(cells.get(0)) + ")";
  }

  String text(String column) {
    return cells.get(column).strip();
  }

  boolean isFilled(String column) {
    return !text(column).isEmpty();
  }

  /** The cell as a number; null when it is empty, or malformed and reported. */
  @Nullable BigDecimal number(String column) {
    var text = text(column);
    if (text.isEmpty()) {
      return null;
    }
    if (!NUMBER.matcher(text).matches()) {
      fault(column, "is not a number; allowed: digits with an optional decimal point, or empty");
      return null;
    }
    return new BigDecimal(text);
  }

  void fault(String column, String message) {
    problems.add(
        "%s, row %d, column %s".formatted(dataset, number, column),
        "'" + Words.printable(text(column)) + "' " + message);
  }
}
