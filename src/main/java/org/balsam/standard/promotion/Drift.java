package org.balsam.standard.promotion;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.jspecify.annotations.Nullable;

/**
 * How far a feature, or the predictions, of a later period are from the reference.
 *
 * @param feature the name of the feature
 * @param frozenCases the cases of the reference
 * @param latestCases the cases of the later period
 * @param psi the population stability index, 0 for equal distributions
 * @param jensenShannon the Jensen–Shannon distance with natural logarithms, from 0 to √ln 2 ≈ 0.833
 * @param ks the two-sample Kolmogorov–Smirnov statistic of the values that are not missing, from 0
 *     to 1; null for categories, and when a side has no values
 * @param ksPValue the probability of a statistic at least as large when both samples come from one
 *     distribution; null when {@code ks} is
 * @param bins the shares in the frozen bins
 */
public record Drift(
    String feature,
    long frozenCases,
    long latestCases,
    double psi,
    double jensenShannon,
    @Nullable Double ks,
    @Nullable Double ksPValue,
    List<BinShare> bins) {

  /**
   * The share of one bin.
   *
   * @param label what falls into the bin
   * @param frozen its share of the reference's cases
   * @param latest its share of the later period's cases
   */
  public record BinShare(String label, double frozen, double latest) {}

  public Drift {
    bins = List.copyOf(bins);
  }

  /**
   * Measures the drift of a feature.
   *
   * @param frozen the feature's bins, frozen from {@code reference}
   * @param reference the feature in the training set; for predictions those on the test set
   * @param latest the feature in the later period
   */
  public static Drift of(FrozenBins frozen, Feature reference, Feature latest) {
    var before = frozen.counts().stream().mapToLong(Long::longValue).toArray();
    var after = frozen.count(latest);
    var test = kolmogorovSmirnov(reference.present(), latest.present());
    return new Drift(
        frozen.feature(),
        frozen.cases(),
        latest.size(),
        Distance.populationStability(before, after),
        Distance.jensenShannon(before, after),
        test == null ? null : test.getStatistic(),
        test == null ? null : test.getPValue(),
        shares(frozen.labels(), Distance.shares(before), Distance.shares(after)));
  }

  /**
   * D = sup|F₁(x) − F₂(x)| and its p-value, exact for small samples and asymptotic for large ones
   * (Smirnov 1939; Apache Commons Statistics).
   */
  private static KolmogorovSmirnovTest.@Nullable TwoResult kolmogorovSmirnov(
      double[] before, double[] after) {
    return before.length < 2 || after.length < 2
        ? null
        : KolmogorovSmirnovTest.withDefaults().test(before, after);
  }

  private static List<BinShare> shares(List<String> labels, double[] before, double[] after) {
    var shares = new ArrayList<BinShare>();
    for (var bin = 0; bin < before.length; bin++) {
      shares.add(new BinShare(labels.get(bin), before[bin], after[bin]));
    }
    return shares;
  }
}
