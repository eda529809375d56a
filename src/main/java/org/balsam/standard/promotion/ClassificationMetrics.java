package org.balsam.standard.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * How good a classifier is on one set of cases. All shares are from 0 to 1.
 *
 * @param cases the number of cases
 * @param accuracy the share of right predictions
 * @param auc the area under the ROC curve; null for a model of more than two classes, and when only
 *     one class occurs
 * @param macroF1 the unweighted mean of the F1 of the classes that occur or were predicted
 * @param brier the Brier score, less is better: from 0 to 1 with a positive class, to 2 without
 * @param calibrationError the expected calibration error
 * @param classes the figures of each class, in the declared order
 * @param confusion counts by true class (outer list) and predicted class
 */
public record ClassificationMetrics(
    long cases,
    double accuracy,
    @Nullable Double auc,
    double macroF1,
    double brier,
    double calibrationError,
    List<ClassFigures> classes,
    List<List<Long>> confusion) {

  /** The number of bins of the calibration error that is usual since Guo et al. (2017). */
  public static final int CALIBRATION_BINS = 15;

  public ClassificationMetrics {
    classes = List.copyOf(classes);
    confusion = List.copyOf(confusion);
  }

  /** Computes the metrics with {@value #CALIBRATION_BINS} calibration bins. */
  public static ClassificationMetrics of(Predictions predictions, @Nullable String positive) {
    return of(predictions, positive, CALIBRATION_BINS);
  }

  /**
   * Computes the metrics.
   *
   * @param positive the positive class of a binary model; null for a model of more classes
   * @param bins the number of calibration bins, 1 to 1000
   * @throws Invalid when the positive class is unknown, or there are not two classes to it
   */
  public static ClassificationMetrics of(
      Predictions predictions, @Nullable String positive, int bins) {
    requireBinary(predictions, positive);
    if (bins < 1 || bins > 1000) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "bins", bins + " is not in the range 1 to 1000");
    }
    var confusion = Confusion.of(predictions);
    var names = predictions.classes();
    var category = positive == null ? -1 : predictions.position(positive);
    return new ClassificationMetrics(
        predictions.size(),
        (double) confusion.right() / predictions.size(),
        positive == null ? null : ProbabilityScores.auc(predictions, category),
        confusion.macroF1(),
        positive == null
            ? ProbabilityScores.brier(predictions)
            : ProbabilityScores.brier(predictions, category),
        ProbabilityScores.calibrationError(predictions, bins),
        IntStream.range(0, names.size())
            .mapToObj(index -> confusion.figures(index, names.get(index)))
            .toList(),
        confusion.table());
  }

  private static void requireBinary(Predictions predictions, @Nullable String positive) {
    if (positive != null && predictions.classes().size() != 2) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "positive",
          "is declared, but there are %d classes; leave it out, or declare two classes"
              .formatted(predictions.classes().size()));
    }
  }

  /** The recall of a class; null when the class does not occur. */
  @Nullable Double recall(String name) {
    return classes.stream()
        .filter(figures -> figures.name().equals(name))
        .findFirst()
        .map(ClassFigures::recall)
        .orElse(null);
  }

  /**
   * The largest absolute difference between the figures of two evaluations on the same cases;
   * infinite when one of them lacks a figure that the other has.
   */
  public double largestDifference(ClassificationMetrics other) {
    var mine = figures();
    var others = other.figures();
    if (mine.size() != others.size()) {
      return Double.POSITIVE_INFINITY;
    }
    return IntStream.range(0, mine.size())
        .mapToDouble(index -> difference(mine.get(index), others.get(index)))
        .max()
        .orElseThrow();
  }

  private List<@Nullable Double> figures() {
    var figures = new ArrayList<@Nullable Double>();
    figures.add(accuracy);
    figures.add(auc);
    figures.add(macroF1);
    figures.add(brier);
    figures.add(calibrationError);
    classes.forEach(category -> figures.add(category.recall()));
    return figures;
  }

  private static double difference(@Nullable Double one, @Nullable Double other) {
    if (one == null || other == null) {
      return one == null && other == null ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(one - other);
  }
}
