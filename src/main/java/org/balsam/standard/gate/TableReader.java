package org.balsam.standard.gate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeSet;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;

/** Reads one table and shows each row to who needs it. */
final class TableReader {

  static final long MAXIMUM_ROWS = 1_000_000;

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  private final String dataset;
  private final TableProblems problems;

  TableReader(String dataset, TableProblems problems) {
    this.dataset = dataset;
    this.problems = problems;
  }

  void read(TableSource tables, List<? extends RowVisitor> visitors) {
    try (var reader = withoutMark(tables.open(dataset));
        var parser = CSVParser.parse(reader, FORMAT)) {
      if (hasColumns(parser.getHeaderNames(), visitors)) {
        visitors.forEach(visitor -> visitor.header(parser.getHeaderNames()));
        rows(parser, visitors);
      }
    } catch (UncheckedIOException broken) {
      unreadable(broken.getCause());
    } catch (IOException broken) {
      unreadable(broken);
    } catch (IllegalArgumentException badHeader) {
      problems.add(dataset + ", header", "a column has no name, or a name that occurs twice");
    }
  }

  private void rows(CSVParser parser, List<? extends RowVisitor> visitors) {
    var number = 0L;
    for (var cells : parser) {
      number++;
      if (number > MAXIMUM_ROWS) {
        throw new Invalid(
            ErrorCode.TOO_LARGE,
            dataset,
            "has more than " + MAXIMUM_ROWS + " rows; check a smaller, aggregated table");
      }
      if (cells.isConsistent()) {
        var row = new TableRow(dataset, number, cells, problems);
        visitors.forEach(visitor -> visitor.row(row));
      } else {
        problems.add(
            dataset + ", row " + number,
            "has %d cells, the header has %d"
                .formatted(cells.size(), parser.getHeaderNames().size()));
      }
      if (problems.isFull()) {
        return;
      }
    }
  }

  private boolean hasColumns(List<String> header, List<? extends RowVisitor> visitors) {
    var missing = new TreeSet<String>();
    visitors.forEach(visitor -> missing.addAll(visitor.columns()));
    missing.removeAll(header);
    missing.forEach(
        column ->
            problems.add(
                dataset + ", column " + column,
                "is missing; the table has: " + Words.printableList(header)));
    return missing.isEmpty();
  }

  private void unreadable(IOException broken) {
    if (!(broken instanceof CSVException)) {
      throw new ExternalFailure("storage", true, dataset + " could not be read", broken);
    }
    problems.add(dataset, "is not a CSV table: " + Words.printable(broken.getMessage()));
  }

  private static Reader withoutMark(Reader source) throws IOException {
    var reader = new BufferedReader(source);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }
}
