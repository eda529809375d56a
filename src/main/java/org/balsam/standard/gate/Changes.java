package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Percent changes 100·(x_t/x_{t−lag} − 1) and their statistics, to {@value #SCALE} decimals. */
final class Changes {

  /** With fewer earlier changes a series has no history to be judged by. */
  static final int MINIMUM_HISTORY = 8;

  private static final int SCALE = 12;
  private static final MathContext PRECISION = MathContext.DECIMAL128;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private Changes() {}

  /** The change at a position; null when either figure is missing or the base is zero. */
  static @Nullable BigDecimal at(List<@Nullable BigDecimal> figures, int position, int lag) {
    if (position < lag) {
      return null;
    }
    var figure = figures.get(position);
    var base = figures.get(position - lag);
    if (figure == null || base == null || base.signum() == 0) {
      return null;
    }
    return figure.subtract(base).multiply(HUNDRED).divide(base, SCALE, RoundingMode.HALF_UP);
  }

  /** The changes before the newest position, the latest {@code limit} of them, in time order. */
  static List<BigDecimal> history(List<@Nullable BigDecimal> figures, int lag, int limit) {
    var changes = new ArrayList<BigDecimal>();
    for (var position = lag; position < figures.size() - 1; position++) {
      var change = at(figures, position, lag);
      if (change != null) {
        changes.add(change);
      }
    }
    return changes.subList(Math.max(0, changes.size() - limit), changes.size());
  }

  static BigDecimal mean(List<BigDecimal> values) {
    return values.stream()
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(values.size()), SCALE, RoundingMode.HALF_UP);
  }

  /** The sample standard deviation, with n − 1. */
  static BigDecimal standardDeviation(List<BigDecimal> values) {
    var mean = mean(values);
    return values.stream()
        .map(value -> value.subtract(mean).pow(2))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(values.size() - 1L), PRECISION)
        .sqrt(PRECISION)
        .setScale(SCALE, RoundingMode.HALF_UP);
  }

  static BigDecimal median(List<BigDecimal> values) {
    var sorted = values.stream().sorted().toList();
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : sorted.get(middle - 1).add(sorted.get(middle)).divide(TWO, PRECISION);
  }

  /** The median absolute deviation from the median. */
  static BigDecimal medianDeviation(List<BigDecimal> values) {
    var median = median(values);
    return median(values.stream().map(value -> value.subtract(median).abs()).toList());
  }

  /** How many {@code units} a change lies from the centre; null when the unit is zero. */
  static @Nullable BigDecimal distance(BigDecimal change, BigDecimal centre, BigDecimal unit) {
    if (unit.signum() == 0) {
      return change.compareTo(centre) == 0 ? BigDecimal.ZERO : null;
    }
    return change.subtract(centre).divide(unit, SCALE, RoundingMode.HALF_UP);
  }
}
