package org.balsam.standard.promotion;

import org.jspecify.annotations.Nullable;

/**
 * Candidate and champion on the same cases.
 *
 * @param candidate the candidate's metrics
 * @param champion the champion's metrics; null when there is no champion
 * @param macroF1 the difference in macro-F1 with its lower bound; null when there is no champion
 */
public record Comparison(
    ClassificationMetrics candidate,
    @Nullable ClassificationMetrics champion,
    PairedBootstrap.@Nullable Bound macroF1) {

  /**
   * Compares the predictions.
   *
   * @param champion of the same rows in the same order; null when there is no champion
   * @param positive the positive class of a binary model; null for a model of more classes
   * @param seed the seed of the bootstrap
   * @throws org.balsam.kernel.Invalid when the two are of different cases
   */
  public static Comparison of(
      Predictions candidate, @Nullable Predictions champion, @Nullable String positive, long seed) {
    var metrics = ClassificationMetrics.of(candidate, positive);
    return champion == null
        ? new Comparison(metrics, null, null)
        : new Comparison(
            metrics,
            ClassificationMetrics.of(champion, positive),
            PairedBootstrap.macroF1Difference(candidate, champion, seed));
  }
}
