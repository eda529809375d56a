package org.balsam.standard.promotion;

import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.jspecify.annotations.Nullable;

/** Figures of how good the probabilities are, beyond the class with the highest one. */
final class ProbabilityScores {

  private ProbabilityScores() {}

  /**
   * The area under the ROC curve as U/(n₁·n₀): the share of pairs of a positive and a negative case
   * in which the positive one has the higher probability, ties counting half (Mann and Whitney
   * 1947; Hanley and McNeil, Radiology 143, 1982). Null when one of the two kinds does not occur.
   */
  static @Nullable Double auc(Predictions predictions, int positive) {
    var yes = probabilities(predictions, positive, true);
    var no = probabilities(predictions, positive, false);
    if (yes.length == 0 || no.length == 0) {
      return null;
    }
    var u = MannWhitneyUTest.withDefaults().statistic(yes, no);
    return u / ((double) yes.length * no.length);
  }

  private static double[] probabilities(Predictions predictions, int category, boolean ofIt) {
    return IntStream.range(0, predictions.size())
        .filter(row -> (predictions.truth(row) == category) == ofIt)
        .mapToDouble(row -> predictions.probability(row, category))
        .toArray();
  }

  /**
   * The Brier score of a binary model: the mean of (p − y)², p the probability of the positive
   * class, y 1 when it is true and else 0; from 0 (best) to 1 (Brier, Monthly Weather Review 78,
   * 1950, in the halved form that is usual for two classes).
   */
  static double brier(Predictions predictions, int positive) {
    return IntStream.range(0, predictions.size())
        .mapToDouble(row -> squaredError(predictions, row, positive))
        .average()
        .orElseThrow();
  }

  /** Brier's score in his own form, for more classes: the mean of Σₖ(pₖ − yₖ)²; from 0 to 2. */
  static double brier(Predictions predictions) {
    return IntStream.range(0, predictions.size())
        .mapToDouble(
            row ->
                IntStream.range(0, predictions.classes().size())
                    .mapToDouble(category -> squaredError(predictions, row, category))
                    .sum())
        .average()
        .orElseThrow();
  }

  private static double squaredError(Predictions predictions, int row, int category) {
    var outcome = predictions.truth(row) == category ? 1 : 0;
    var error = predictions.probability(row, category) - outcome;
    return error * error;
  }

  /**
   * The expected calibration error Σ(n_b/n)·|acc_b − conf_b| over bins ((b−1)/B, b/B] of equal
   * width of the confidence, which is the highest probability (Guo, Pleiss, Sun and Weinberger,
   * ICML 2017); acc_b is the share of right predictions in the bin, conf_b the mean confidence.
   */
  static double calibrationError(Predictions predictions, int bins) {
    var gaps = new double[bins];
    for (var row = 0; row < predictions.size(); row++) {
      var confidence = predictions.confidence(row);
      var right = predictions.truth(row) == predictions.predicted(row) ? 1 : 0;
      var bin = (int) Math.ceil(confidence * bins - 1e-9) - 1;
      gaps[Math.max(0, Math.min(bins - 1, bin))] += right - confidence;
    }
    return IntStream.range(0, bins).mapToDouble(bin -> Math.abs(gaps[bin])).sum()
        / predictions.size();
  }
}
