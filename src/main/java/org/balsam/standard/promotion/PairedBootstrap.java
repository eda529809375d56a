package org.balsam.standard.promotion;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * The paired percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993,
 * chapter 13): cases are drawn with replacement, each with both models' predictions, and the 5 %
 * quantile of the differences is the one-sided 95 % lower bound. Draws with {@link Random}, whose
 * sequence Java specifies, so that a seed gives the same bound on every machine.
 */
public final class PairedBootstrap {

  /** The number of resamples. */
  public static final int RESAMPLES = 2_000;

  private static final double LEVEL = 0.05;

  private PairedBootstrap() {}

  /**
   * The difference of two models on the same cases.
   *
   * @param difference macro-F1 of the candidate − macro-F1 of the champion
   * @param lower the one-sided 95 % lower bound of the difference
   * @param resamples how often was drawn
   * @param seed the seed of the draws
   */
  public record Bound(double difference, double lower, int resamples, long seed) {}

  /**
   * Bounds the difference in macro-F1; the two must be of the same rows in the same order. The work
   * grows with cases × {@value #RESAMPLES}.
   */
  public static Bound macroF1Difference(Predictions candidate, Predictions champion, long seed) {
    candidate.requireSameCases(champion);
    var random = new Random(seed);
    var cases = candidate.size();
    var drawn =
        IntStream.range(0, RESAMPLES)
            .mapToDouble(unused -> difference(candidate, champion, row -> random.nextInt(cases)))
            .toArray();
    var lower = Quantile.withDefaults().with(Quantile.EstimationMethod.HF7).evaluate(drawn, LEVEL);
    var observed = difference(candidate, champion, row -> row);
    return new Bound(observed, lower, RESAMPLES, seed);
  }

  private static double difference(Predictions one, Predictions other, IntUnaryOperator choose) {
    var ofOne = new Confusion(one.classes().size());
    var ofOther = new Confusion(one.classes().size());
    for (var draw = 0; draw < one.size(); draw++) {
      var row = choose.applyAsInt(draw);
      ofOne.add(one.truth(row), one.predicted(row));
      ofOther.add(other.truth(row), other.predicted(row));
    }
    return ofOne.macroF1() - ofOther.macroF1();
  }
}
