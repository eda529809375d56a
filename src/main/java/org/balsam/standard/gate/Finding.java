package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a check says of one series.
 *
 * @param value null when it could not be computed
 */
record Finding(
    String series,
    @Nullable BigDecimal value,
    BigDecimal threshold,
    boolean exceeded,
    String message) {

  private static final int SHOWN = 5;
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::exceeded)
          .thenComparing(Finding::weight)
          .reversed()
          .thenComparing(Finding::series);

  /** Judges |value| &gt; threshold. */
  static Finding measured(String series, BigDecimal value, BigDecimal threshold, String message) {
    return new Finding(series, value, threshold, value.abs().compareTo(threshold) > 0, message);
  }

  static Finding failed(String series, BigDecimal threshold, String message) {
    return new Finding(series, null, threshold, true, message);
  }

  static Finding notJudged(String series, BigDecimal threshold, String message) {
    return new Finding(series, null, threshold, false, message);
  }

  /** The result that shows the worst series and speaks of all that exceed. */
  static CheckResult result(CheckDefinition definition, String period, List<Finding> findings) {
    var sorted = findings.stream().sorted(WORST_FIRST).toList();
    var worst = sorted.get(0);
    var exceeding = sorted.stream().filter(Finding::exceeded).toList();
    return CheckResult.of(
        definition,
        Words.printable(worst.series()) + " " + period,
        worst.value() == null ? null : worst.value().setScale(4, RoundingMode.HALF_UP),
        worst.threshold(),
        worst.exceeded(),
        exceeding.isEmpty() ? worst.message() : messages(exceeding));
  }

  private static String messages(List<Finding> exceeding) {
    var shown =
        exceeding.stream().limit(SHOWN).map(Finding::message).collect(Collectors.joining("; "));
    return exceeding.size() > SHOWN
        ? shown + "; and " + (exceeding.size() - SHOWN) + " more"
        : shown;
  }

  /** How far the value has come towards its threshold; uncomputable counts as furthest. */
  private BigDecimal weight() {
    if (value == null) {
      return exceeded ? BigDecimal.valueOf(Long.MAX_VALUE) : BigDecimal.ONE.negate();
    }
    return threshold.signum() == 0
        ? value.abs()
        : value.abs().divide(threshold, 12, RoundingMode.HALF_UP);
  }
}
