package org.balsam.standard.promotion;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.yaml.Shown;

/**
 * A CSV file (RFC 4180, UTF-8) that a step wrote, taken as hostile: bounded bytes, rows and cells.
 * Collects the first {@value #SHOWN} faults by row and column.
 */
final class CsvRows {

  /** Takes the header, then every row that has as many cells as the header. */
  interface Sink {
    void header(List<String> columns);

    void row(long number, CSVRecord cells);
  }

  static final long MAXIMUM_BYTES = 256L * 1024 * 1024;
  static final int MAXIMUM_ROWS = 1_000_000;
  static final int MAXIMUM_TEXT = 500;
  private static final int SHOWN = 20;

  private final String name;
  private final List<Problem> problems = new ArrayList<>();

  CsvRows(String name) {
    this.name = name;
  }

  /** Reads all rows and closes the stream; throws {@link Invalid} when there were faults. */
  void read(InputStream bytes, Sink sink) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    try (var reader =
            new InputStreamReader(new BoundedStream(bytes, name, MAXIMUM_BYTES), decoder);
        var parser = CSVParser.parse(reader, CSVFormat.RFC4180)) {
      rows(parser.iterator(), sink);
    } catch (UncheckedIOException broken) {
      unreadable(broken.getCause());
    } catch (IOException broken) {
      unreadable(broken);
    }
    refuseFaults();
  }

  private void rows(Iterator<CSVRecord> records, Sink sink) {
    if (!records.hasNext()) {
      fault("header", "is missing; the file is empty");
      return;
    }
    var columns = records.next().stream().map(CsvRows::withoutMark).toList();
    sink.header(columns);
    refuseFaults();
    for (var number = 1L; records.hasNext() && problems.size() < SHOWN; number++) {
      if (number > MAXIMUM_ROWS) {
        throw new Invalid(ErrorCode.TOO_LARGE, name, "has more than " + MAXIMUM_ROWS + " rows");
      }
      row(number, records.next(), columns.size(), sink);
    }
  }

  private void row(long number, CSVRecord cells, int columns, Sink sink) {
    if (cells.size() == columns) {
      sink.row(number, cells);
    } else {
      fault("row " + number, "has %d cells, the header has %d".formatted(cells.size(), columns));
    }
  }

  /** Reports a fault of a cell. */
  void fault(long row, String column, String value, String message) {
    fault(
        "row %d, column %s".formatted(row, Shown.of(column)),
        "'" + Shown.of(value) + "' " + message);
  }

  /** Reports a fault of a place in the file. */
  void fault(String where, String message) {
    problems.add(new Problem(name + ", " + where, message));
  }

  private void refuseFaults() {
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
  }

  private void unreadable(IOException broken) {
    if (broken instanceof CharacterCodingException) {
      problems.add(new Problem(name, "is not UTF-8 text"));
    } else if (broken instanceof CSVException) {
      problems.add(new Problem(name, "is not a CSV file: " + Shown.of(broken.getMessage())));
    } else {
      throw new ExternalFailure("storage", true, name + " could not be read", broken);
    }
  }

  private static String withoutMark(String column) {
    return column.startsWith("\uFEFF") ? column.substring(1) : column;
  }
}
