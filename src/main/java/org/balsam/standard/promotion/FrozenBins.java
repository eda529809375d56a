package org.balsam.standard.promotion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/**
 * The bins of a feature as the training set has them. Frozen at training and kept as evidence, so
 * that every later period is held against the same bins.
 *
 * <p>Numbers fall into bins (e<sub>i−1</sub>, e<sub>i</sub>] between the deciles of the training
 * values, categories into one bin each; categories beyond the {@value #MAXIMUM_CATEGORIES} most
 * frequent, and those that the training set does not have, fall into {@code other}. The last bin is
 * for missing values.
 *
 * @param feature the name of the feature
 * @param kind what its values are
 * @param edges the inner edges of the bins of numbers, ascending; empty for categories
 * @param categories the categories with a bin of their own, sorted; empty for numbers
 * @param counts the training values in each bin, in the order of {@link #labels()}
 */
public record FrozenBins(
    String feature,
    FeatureKind kind,
    List<Double> edges,
    List<String> categories,
    List<Long> counts) {

  /** The number of bins of numbers: deciles, as is usual for the population stability index. */
  public static final int NUMBER_BINS = 10;

  /** At most so many categories have a bin of their own. */
  public static final int MAXIMUM_CATEGORIES = 50;

  private static final String OTHER = "other";
  private static final String MISSING = "missing";

  public FrozenBins {
    edges = List.copyOf(edges);
    categories = List.copyOf(categories);
    counts = List.copyOf(counts);
  }

  /** Freezes the bins of a feature of the training set, and counts its values. */
  public static FrozenBins of(Feature training) {
    var unfilled =
        training.kind() == FeatureKind.NUMBER
            ? new FrozenBins(
                training.name(), training.kind(), deciles(training.present()), List.of(), List.of())
            : new FrozenBins(
                training.name(), training.kind(), List.of(), mostFrequent(training), List.of());
    var counts = LongStream.of(unfilled.count(training)).boxed().toList();
    return new FrozenBins(
        training.name(), training.kind(), unfilled.edges, unfilled.categories, counts);
  }

  /** Quantiles by linear interpolation (Hyndman and Fan's type 7), each once. */
  private static List<Double> deciles(double[] values) {
    if (values.length == 0) {
      return List.of();
    }
    var shares =
        IntStream.range(1, NUMBER_BINS).mapToDouble(bin -> (double) bin / NUMBER_BINS).toArray();
    var quantiles = Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);
    return Arrays.stream(quantiles.evaluate(values, shares)).distinct().boxed().toList();
  }

  private static List<String> mostFrequent(Feature training) {
    var counts = new HashMap<String, Long>();
    for (var row = 0; row < training.size(); row++) {
      if (!training.category(row).isEmpty()) {
        counts.merge(training.category(row), 1L, Long::sum);
      }
    }
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MAXIMUM_CATEGORIES)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** What falls into each bin, for people: {@code ≤ 120.0}, a category, {@code missing}. */
  public List<String> labels() {
    var labels = new ArrayList<String>();
    if (kind == FeatureKind.CATEGORY) {
      labels.addAll(categories);
      labels.add(OTHER);
    } else {
      edges.forEach(edge -> labels.add("≤ " + edge));
      labels.add(edges.isEmpty() ? "any" : "> " + edges.get(edges.size() - 1));
    }
    labels.add(MISSING);
    return labels;
  }

  /** The training cases. */
  public long cases() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Counts the values of a feature in each bin, in the order of {@link #labels()}.
   *
   * @throws Invalid when the feature is of another kind
   */
  public long[] count(Feature values) {
    if (values.kind() != kind) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          feature,
          "is a %s, but its bins were frozen for a %s"
              .formatted(values.kind().value(), kind.value()));
    }
    var positions =
        IntStream.range(0, categories.size())
            .boxed()
            .collect(Collectors.toMap(categories::get, i -> i));
    var counts = new long[labels().size()];
    for (var row = 0; row < values.size(); row++) {
      counts[bin(values, row, positions, counts.length)]++;
    }
    return counts;
  }

  private int bin(Feature values, int row, Map<String, Integer> positions, int bins) {
    if (kind == FeatureKind.CATEGORY) {
      var category = values.category(row);
      return category.isEmpty() ? bins - 1 : positions.getOrDefault(category, bins - 2);
    }
    var number = values.number(row);
    if (Double.isNaN(number)) {
      return bins - 1;
    }
    var found = Collections.binarySearch(edges, number);
    return found >= 0 ? found : -found - 1;
  }
}
