package org.balsam.standard.promotion;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.Shown;

/** Some columns of a set that a model was trained or judged on, by the names of its rows. */
public final class SetTable {

  /** At most so many cells, rows × columns, are read. */
  public static final int MAXIMUM_CELLS = 5_000_000;

  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, List<String>> columns = new LinkedHashMap<>();

  private SetTable(Set<String> names) {
    names.forEach(name -> columns.put(name, new ArrayList<>()));
  }

  /**
   * Reads columns of a CSV file with a header; UTF-8, comma. Closes the stream.
   *
   * @param file the name to use in messages, for example {@code test.csv}
   * @param row the column that identifies a row
   * @param columns the columns to keep
   * @throws Invalid naming file, row and column: a column that is missing, a row twice, a cell of
   *     more than 500 characters, more than {@value CsvRows#MAXIMUM_ROWS} rows, 256 MiB or {@value
   *     #MAXIMUM_CELLS} cells
   * @throws org.balsam.kernel.ExternalFailure when the stream breaks
   */
  public static SetTable read(String file, InputStream csv, String row, Set<String> columns) {
    var table = new SetTable(columns);
    var rows = new CsvRows(file);
    rows.read(csv, table.new Collector(rows, row));
    return table;
  }

  /** The number of rows. */
  public int size() {
    return positions.size();
  }

  /** The cells of a column in the order of the file; it must be one of those that were read. */
  public List<String> column(String name) {
    return List.copyOf(cells(name));
  }

  /**
   * The cells of a column for the given rows, in their order.
   *
   * @throws Invalid when the set does not have one of the rows
   */
  public List<String> column(String name, List<String> rows) {
    var cells = cells(name);
    return rows.stream().map(row -> cells.get(position(row))).toList();
  }

  private List<String> cells(String name) {
    var cells = columns.get(name);
    if (cells == null) {
      throw new IllegalArgumentException("column " + name + " was not read");
    }
    return cells;
  }

  private int position(String row) {
    var position = positions.get(row);
    if (position == null) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "row '" + Shown.of(row) + "'",
          "was scored but is not in the set; score the rows of the set and no others");
    }
    return position;
  }

  /** Takes the rows; equal cells share one text. */
  private final class Collector implements CsvRows.Sink {

    private final CsvRows file;
    private final String key;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Integer> at = new LinkedHashMap<>();

    private Collector(CsvRows file, String key) {
      this.file = file;
      this.key = key;
    }

    @Override
    public void header(List<String> header) {
      at.put(key, header.indexOf(key));
      columns.keySet().forEach(name -> at.put(name, header.indexOf(name)));
      at.forEach(
          (name, position) -> {
            if (position < 0) {
              file.fault(
                  "column " + Shown.of(name),
                  "is missing; the file has: " + Shown.of(String.join(", ", header)));
            }
          });
    }

    @Override
    public void row(long number, CSVRecord cells) {
      if (number * at.size() > MAXIMUM_CELLS) {
        throw new Invalid(
            ErrorCode.TOO_LARGE, "set", "has more than " + MAXIMUM_CELLS + " cells to judge");
      }
      var name = cells.get(at.get(key));
      if (positions.putIfAbsent(name, positions.size()) != null) {
        file.fault(number, key, name, "occurs twice; the column must identify a row");
      }
      columns.forEach((column, values) -> values.add(cell(number, column, cells)));
    }

    private String cell(long number, String column, CSVRecord cells) {
      var text = cells.get(at.get(column));
      if (text.length() > CsvRows.MAXIMUM_TEXT) {
        file.fault(number, column, text, "is longer than " + CsvRows.MAXIMUM_TEXT + " characters");
        return "";
      }
      return texts.computeIfAbsent(text, same -> same);
    }
  }
}
