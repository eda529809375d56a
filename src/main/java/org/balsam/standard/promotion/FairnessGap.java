package org.balsam.standard.promotion;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.Shown;
import org.jspecify.annotations.Nullable;

/**
 * How differently a model treats the groups of a population: max − min and min / max of a rate over
 * the groups that are large enough. The gap of recall is that of equal opportunity (Hardt, Price
 * and Srebro, NeurIPS 2016), the gap of the selection rate that of demographic parity; the ratio is
 * held against the four-fifths rule (US Uniform Guidelines, 29 CFR 1607.4 D).
 *
 * @param column the column whose values are the groups
 * @param measure which rate
 * @param category the class that the rate is about
 * @param rates the rate of each group that is large enough, by name
 * @param tooSmall how many groups are too small to be judged
 * @param gap the largest rate − the smallest; null with fewer than two groups
 * @param ratio the smallest rate / the largest, 1 when all are 0; null with fewer than two groups
 */
public record FairnessGap(
    String column,
    Measure measure,
    String category,
    List<GroupRate> rates,
    int tooSmall,
    @Nullable Double gap,
    @Nullable Double ratio) {

  /** A column with more groups than this is too fine to be judged. */
  public static final int MAXIMUM_GROUPS = 200;

  /** A rate within a group. */
  public enum Measure {
    /** The cases predicted to be of the class, of those that truly are. */
    RECALL,
    /** The cases predicted to be of the class, of all. */
    SELECTION_RATE;

    /** The writing in JSON: {@code selection-rate}. */
    @JsonValue
    public String value() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * The rate of one group.
   *
   * @param cases the cases that the rate is of
   */
  public record GroupRate(String group, long cases, double rate) {}

  public FairnessGap {
    rates = List.copyOf(rates);
  }

  /**
   * Measures both rates for the positive class, or for every class when there is none.
   *
   * @param column the name of the column
   * @param groups the group of each row of the predictions, in their order; empty cells are a group
   * @param minimumCases a group is judged with at least so many cases: truly of the class for
   *     recall, all for the selection rate
   * @throws Invalid when there are more than {@value #MAXIMUM_GROUPS} groups
   */
  public static List<FairnessGap> of(
      Predictions predictions,
      String column,
      List<String> groups,
      @Nullable String positive,
      int minimumCases) {
    var classes = positive == null ? predictions.classes() : List.of(positive);
    var gaps = new ArrayList<FairnessGap>();
    for (var category : classes) {
      for (var measure : Measure.values()) {
        var rates = rates(predictions, groups, predictions.position(category), measure);
        if (rates.size() > MAXIMUM_GROUPS) {
          throw new Invalid(
              ErrorCode.INVALID_INPUT,
              "column " + Shown.of(column),
              "has more than " + MAXIMUM_GROUPS + " groups; declare a coarser column");
        }
        gaps.add(gap(column, measure, category, rates, minimumCases));
      }
    }
    return gaps;
  }

  /** For each group the cases that the rate is of, and how many of them were predicted so. */
  private static Map<String, long[]> rates(
      Predictions predictions, List<String> groups, int category, Measure measure) {
    var counts = new TreeMap<String, long[]>();
    for (var row = 0; row < predictions.size(); row++) {
      var count = counts.computeIfAbsent(groups.get(row), unused -> new long[2]);
      if (measure == Measure.SELECTION_RATE || predictions.truth(row) == category) {
        count[0]++;
        count[1] += predictions.predicted(row) == category ? 1 : 0;
      }
    }
    return counts;
  }

  private static FairnessGap gap(
      String column,
      Measure measure,
      String category,
      Map<String, long[]> counts,
      int minimumCases) {
    var rates =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue()[0] >= Math.max(1, minimumCases))
            .map(FairnessGap::rate)
            .toList();
    var tooSmall = counts.size() - rates.size();
    if (rates.size() < 2) {
      return new FairnessGap(column, measure, category, rates, tooSmall, null, null);
    }
    var byRate = Comparator.comparingDouble(GroupRate::rate);
    var highest = rates.stream().max(byRate).orElseThrow().rate();
    var lowest = rates.stream().min(byRate).orElseThrow().rate();
    return new FairnessGap(
        column,
        measure,
        category,
        rates,
        tooSmall,
        highest - lowest,
        highest == 0 ? 1 : lowest / highest);
  }

  private static GroupRate rate(Map.Entry<String, long[]> group) {
    var count = group.getValue();
    return new GroupRate(group.getKey(), count[0], (double) count[1] / count[0]);
  }
}
