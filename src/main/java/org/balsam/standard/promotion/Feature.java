package org.balsam.standard.promotion;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.Shown;

/** The values of one feature in one set. Immutable. */
public final class Feature {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,30}(?:\\.\\d{0,30})?(?:[eE][+-]?\\d{1,3})?");

  private final String name;
  private final FeatureKind kind;
  private final double[] numbers;
  private final List<String> categories;

  private Feature(String name, FeatureKind kind, double[] numbers, List<String> categories) {
    this.name = name;
    this.kind = kind;
    this.numbers = numbers;
    this.categories = categories;
  }

  /** A feature of numbers; NaN is a missing value. */
  public static Feature numbers(String name, double[] values) {
    return new Feature(name, FeatureKind.NUMBER, values.clone(), List.of());
  }

  /** A feature of words; the empty word is a missing value. */
  public static Feature categories(String name, List<String> values) {
    return new Feature(name, FeatureKind.CATEGORY, new double[0], List.copyOf(values));
  }

  /**
   * Takes the cells of a column.
   *
   * @throws Invalid when the kind is number and a cell is neither a number nor empty nor {@code
   *     nan}, naming column and row
   */
  public static Feature of(String name, FeatureKind kind, List<String> cells) {
    if (kind == FeatureKind.CATEGORY) {
      return categories(name, cells.stream().map(String::strip).toList());
    }
    var numbers = new double[cells.size()];
    for (var row = 0; row < numbers.length; row++) {
      numbers[row] = number(name, row + 1L, cells.get(row).strip());
    }
    return new Feature(name, kind, numbers, List.of());
  }

  private static double number(String name, long row, String cell) {
    if (cell.isEmpty() || cell.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    var number = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
    if (!Double.isFinite(number)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "row %d, column %s".formatted(row, Shown.of(name)),
          "'%s' is not a number; allowed: digits with an optional decimal point, or empty"
              .formatted(Shown.of(cell)));
    }
    return number;
  }

  /** The name of the column. */
  public String name() {
    return name;
  }

  /** What the values are. */
  public FeatureKind kind() {
    return kind;
  }

  /** The number of values, the missing ones included. */
  public int size() {
    return kind == FeatureKind.NUMBER ? numbers.length : categories.size();
  }

  double number(int row) {
    return numbers[row];
  }

  String category(int row) {
    return categories.get(row);
  }

  /** The numbers that are not missing. */
  double[] present() {
    return Arrays.stream(numbers).filter(number -> !Double.isNaN(number)).toArray();
  }
}
