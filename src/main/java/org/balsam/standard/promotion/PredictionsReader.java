package org.balsam.standard.promotion;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.Shown;

/** Reads {@code predictions.csv} row by row. */
final class PredictionsReader implements CsvRows.Sink {

  private static final double SUM_TOLERANCE = 1e-3;
  private static final Pattern NUMBER =
      Pattern.compile("\\d{1,3}(?:\\.\\d{0,30})?(?:[eE][+-]?\\d{1,3})?");

  private final CsvRows file = new CsvRows("predictions.csv");
  private final List<String> classes;
  private final List<String> header = new ArrayList<>(List.of("row", "truth"));
  private final List<String> rows = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final List<Integer> truth = new ArrayList<>();
  private final List<double[]> probabilities = new ArrayList<>();

  PredictionsReader(List<String> classes) {
    if (classes.size() < 2 || new HashSet<>(classes).size() < classes.size()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "classes", "at least two classes are needed, each once");
    }
    this.classes = classes;
    classes.forEach(category -> header.add("p_" + category));
  }

  void read(InputStream csv) {
    file.read(csv, this);
  }

  Predictions predictions() {
    if (rows.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "predictions.csv", "has no rows");
    }
    return new Predictions(classes, rows, truth, probabilities);
  }

  @Override
  public void header(List<String> columns) {
    if (!columns.equals(header)) {
      file.fault(
          "header",
          "is '%s'; needed: '%s'"
              .formatted(Shown.of(String.join(",", columns)), Shown.of(String.join(",", header))));
    }
  }

  @Override
  public void row(long number, CSVRecord cells) {
    if ((long) (rows.size() + 1) * classes.size() > Predictions.MAXIMUM_VALUES) {
      throw new Invalid(
          ErrorCode.TOO_LARGE,
          "predictions.csv",
          "has more than %d probabilities".formatted(Predictions.MAXIMUM_VALUES));
    }
    rows.add(name(number, cells.get(0)));
    truth.add(truth(number, cells.get(1)));
    probabilities.add(probabilities(number, cells));
  }

  private String name(long number, String row) {
    if (row.isBlank() || row.length() > CsvRows.MAXIMUM_TEXT) {
      file.fault(number, "row", row, "is empty, or longer than 500 characters");
    } else if (!seen.add(row)) {
      file.fault(number, "row", row, "occurs twice; each row of the set is scored once");
    }
    return row;
  }

  private int truth(long number, String category) {
    var position = classes.indexOf(category);
    if (position < 0) {
      file.fault(
          number,
          "truth",
          category,
          "is not a class; allowed: " + Shown.of(String.join(", ", classes)));
    }
    return position;
  }

  private double[] probabilities(long number, CSVRecord cells) {
    var values = new double[classes.size()];
    var sum = 0.0;
    for (var category = 0; category < values.length; category++) {
      values[category] = probability(number, header.get(category + 2), cells.get(category + 2));
      sum += values[category];
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      file.fault("row " + number, "the probabilities add up to " + sum + "; needed: 1");
    }
    return values;
  }

  private double probability(long number, String column, String text) {
    var value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : -1;
    if (value < 0 || value > 1) {
      file.fault(number, column, text, "is not a probability; allowed: a number from 0 to 1");
      return 0;
    }
    return value;
  }
}
