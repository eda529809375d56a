package org.balsam.standard.promotion;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * What a model said of the rows of a set, beside the true classes. The predicted class is the one
 * with the highest probability, the first of the declared classes when several have it. Immutable.
 */
public final class Predictions {

  /** At most so many probabilities, rows × classes, are read. */
  public static final int MAXIMUM_VALUES = 20_000_000;

  private final List<String> classes;
  private final List<String> rows;
  private final int[] truth;
  private final int[] predicted;
  private final List<double[]> probabilities;

  Predictions(
      List<String> classes, List<String> rows, List<Integer> truth, List<double[]> probabilities) {
    this.classes = List.copyOf(classes);
    this.rows = List.copyOf(rows);
    this.truth = truth.stream().mapToInt(Integer::intValue).toArray();
    this.probabilities = List.copyOf(probabilities);
    this.predicted = probabilities.stream().mapToInt(Predictions::highest).toArray();
  }

  /**
   * Reads {@code predictions.csv}: the header {@code row,truth,p_<class>…} with one column for each
   * class in the given order, one row for each row of the set; UTF-8, comma. Closes the stream.
   *
   * @throws Invalid naming file, row and column: a header of another kind, an unknown true class, a
   *     probability that is not a number from 0 to 1, probabilities that do not add up to 1 (within
   *     0.001), a row twice, no rows, more than {@value CsvRows#MAXIMUM_ROWS} rows, 256 MiB or
   *     {@value #MAXIMUM_VALUES} values
   * @throws org.balsam.kernel.ExternalFailure when the stream breaks
   */
  public static Predictions read(InputStream csv, List<String> classes) {
    var reader = new PredictionsReader(classes);
    reader.read(csv);
    return reader.predictions();
  }

  /** The number of rows, at least 1. */
  public int size() {
    return truth.length;
  }

  /** The declared classes in their order. */
  public List<String> classes() {
    return classes;
  }

  /** The names of the rows in the order of the file. */
  public List<String> rows() {
    return rows;
  }

  /** The position of a row's true class in {@link #classes()}. */
  int truth(int row) {
    return truth[row];
  }

  /** The position of a row's predicted class in {@link #classes()}. */
  int predicted(int row) {
    return predicted[row];
  }

  double probability(int row, int category) {
    return probabilities.get(row)[category];
  }

  /** The highest probability of a row. */
  double confidence(int row) {
    return probability(row, predicted[row]);
  }

  /**
   * The predictions as a feature whose drift can be watched: the probability of the positive class,
   * or the predicted class when there is none.
   */
  public Feature asFeature(@Nullable String positive) {
    if (positive == null) {
      var names = new ArrayList<String>(size());
      for (var category : predicted) {
        names.add(classes.get(category));
      }
      return Feature.categories("prediction", names);
    }
    var category = position(positive);
    return Feature.numbers(
        "prediction", probabilities.stream().mapToDouble(row -> row[category]).toArray());
  }

  /** The position of a class; an unknown one is an {@link Invalid}. */
  int position(String category) {
    var position = classes.indexOf(category);
    if (position < 0) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "positive",
          "'%s' is not one of the classes %s".formatted(category, String.join(", ", classes)));
    }
    return position;
  }

  /** Refuses predictions of other rows, or with other true classes or another order. */
  void requireSameCases(Predictions other) {
    if (!rows.equals(other.rows)
        || !Arrays.equals(truth, other.truth)
        || !classes.equals(other.classes)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "predictions",
          "of candidate and champion are not of the same rows in the same order; score both on the"
              + " same frozen set");
    }
  }

  private static int highest(double[] probabilities) {
    var best = 0;
    for (var category = 1; category < probabilities.length; category++) {
      if (probabilities[category] > probabilities[best]) {
        best = category;
      }
    }
    return best;
  }
}
