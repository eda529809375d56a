package org.balsam.standard.promotion;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Distances between two distributions over the same bins, given as counts. */
final class Distance {

  private Distance() {}

  /**
   * The population stability index Σ(q−p)·ln(q/p) over the shares of both (Lewis, An Introduction
   * to Credit Scoring, 1992; the symmetric divergence of Jeffreys 1946). A bin that is empty on one
   * side counts as half a case there, so that the logarithm exists; one that is empty on both sides
   * does not count. 0 when one of the two has no cases.
   */
  static double populationStability(long[] before, long[] after) {
    var n = (double) LongStream.of(before).sum();
    var m = (double) LongStream.of(after).sum();
    var sum = 0.0;
    for (var bin = 0; bin < before.length && n > 0 && m > 0; bin++) {
      if (before[bin] + after[bin] > 0) {
        var p = Math.max(before[bin], 0.5) / n;
        var q = Math.max(after[bin], 0.5) / m;
        sum += (q - p) * Math.log(q / p);
      }
    }
    return sum;
  }

  /**
   * The Jensen–Shannon distance √(½·KL(p‖m) + ½·KL(q‖m)), m = (p+q)/2, natural logarithms (Lin,
   * IEEE Transactions on Information Theory 37, 1991; Endres and Schindelin 2003 for the root).
   */
  static double jensenShannon(long[] before, long[] after) {
    var p = shares(before);
    var q = shares(after);
    var sum = 0.0;
    for (var bin = 0; bin < p.length; bin++) {
      var middle = (p[bin] + q[bin]) / 2;
      sum += divergence(p[bin], middle) / 2 + divergence(q[bin], middle) / 2;
    }
    return Math.sqrt(Math.max(0, sum));
  }

  private static double divergence(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle);
  }

  /** The share of each bin; all 0 when there are no cases. */
  static double[] shares(long[] counts) {
    var all = LongStream.of(counts).sum();
    return Arrays.stream(counts)
        .mapToDouble(count -> all == 0 ? 0 : (double) count / all)
        .toArray();
  }
}
