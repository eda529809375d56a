package org.balsam.platform.compute.classifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the values of a row become the terms of a linear model. It is learnt from the training set
 * alone.
 *
 * <p>A category becomes one term that is 1 (one-hot coding); the last term of each column stands
 * for all categories that the training set holds too rarely or not at all. A number becomes two
 * terms: its standard score, 0 where it is missing, and 1 where it is missing.
 *
 * @param categories by column: the categories with a term of their own, sorted
 * @param scales by column: mean and standard deviation of the values present
 */
record Encoding(Map<String, List<String>> categories, Map<String, Scale> scales) {

  /** Mean and standard deviation (of the population) of a column. */
  record Scale(float mean, float deviation) {

    static Scale of(double[] values) {
      var present = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
      var mean = Arrays.stream(present).average().orElse(0);
      var variance = Arrays.stream(present).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      var deviation = (float) Math.sqrt(variance);
      return new Scale((float) mean, deviation > 0 && Float.isFinite(deviation) ? deviation : 1);
    }
  }

  /** The terms of a row that are not 0. */
  record Terms(int[] indices, double[] values) {}

  static Encoding of(DataSet set, int minFrequency) {
    var categories = new LinkedHashMap<String, List<String>>();
    set.categories()
        .forEach((column, values) -> categories.put(column, frequent(values, minFrequency)));
    var scales = new LinkedHashMap<String, Scale>();
    set.numbers().forEach((column, values) -> scales.put(column, Scale.of(values)));
    return new Encoding(categories, scales);
  }

  private static List<String> frequent(List<String> values, int minFrequency) {
    var counts = new TreeMap<String, Integer>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    counts.values().removeIf(count -> count < minFrequency);
    return List.copyOf(counts.keySet());
  }

  /** The number of terms: those of the categories first, then those of the numbers. */
  int size() {
    var size = 2 * scales.size();
    for (var kept : categories.values()) {
      size += kept.size() + 1;
    }
    return size;
  }

  /** The terms of all rows. */
  List<Terms> encode(DataSet set) {
    var all = new ArrayList<Terms>(set.size());
    for (int i = 0; i < set.size(); i++) {
      all.add(encode(set, i));
    }
    return all;
  }

  private Terms encode(DataSet set, int row) {
    var indices = new int[categories.size() + scales.size()];
    var values = new double[indices.length];
    int n = 0;
    int first = 0;
    for (var column : categories.entrySet()) {
      var kept = column.getValue();
      var found = Collections.binarySearch(kept, set.categories().get(column.getKey()).get(row));
      indices[n] = first + (found >= 0 ? found : kept.size());
      values[n++] = 1;
      first += kept.size() + 1;
    }
    for (var column : scales.entrySet()) {
      var value = set.numbers().get(column.getKey())[row];
      var missing = Double.isNaN(value);
      indices[n] = missing ? first + 1 : first;
      values[n++] =
          missing ? 1 : (value - column.getValue().mean()) / column.getValue().deviation();
      first += 2;
    }
    return new Terms(indices, values);
  }
}
