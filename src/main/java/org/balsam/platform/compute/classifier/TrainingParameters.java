package org.balsam.platform.compute.classifier;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of a training.
 *
 * @param epochs how often all rows are gone through, 1 to 1000
 * @param learningRate the first step length of AdaGrad, 0.0001 to 10
 * @param batchSize rows per step, 1 to 10000
 * @param minFrequency rows that a category needs to get a weight of its own, 1 to 1000000; rarer
 *     ones share one
 */
record TrainingParameters(int epochs, double learningRate, int batchSize, int minFrequency) {

  private static final String PREFIX = "BALSAM_PARAM_";

  private record Range(String unset, String least, String most, boolean whole) {}

  private static final Map<String, Range> RANGES =
      new TreeMap<>(
          Map.of(
              "epochs", new Range("20", "1", "1000", true),
              "learning-rate", new Range("0.1", "0.0001", "10", false),
              "batch-size", new Range("32", "1", "10000", true),
              "min-frequency", new Range("20", "1", "1000000", true)));

  /**
   * Reads {@code BALSAM_PARAM_*}; what is left out has its default.
   *
   * @throws org.balsam.kernel.Invalid for an unknown name or a value out of range
   */
  static TrainingParameters of(Map<String, String> variables) {
    for (var variable : variables.keySet()) {
      if (variable.startsWith(PREFIX) && !RANGES.containsKey(written(variable))) {
        throw StepEnvironment.invalid(
            variable,
            "'"
                + written(variable)
                + "' is not a parameter of train-classifier; allowed are "
                + RANGES.keySet());
      }
    }
    return new TrainingParameters(
        value(variables, "epochs").intValueExact(),
        value(variables, "learning-rate").doubleValue(),
        value(variables, "batch-size").intValueExact(),
        value(variables, "min-frequency").intValueExact());
  }

  /** By the names that people write. */
  Map<String, Object> toMap() {
    return new TreeMap<>(
        Map.of(
            "epochs", epochs,
            "learning-rate", learningRate,
            "batch-size", batchSize,
            "min-frequency", minFrequency));
  }

  private static String written(String variable) {
    return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static BigDecimal value(Map<String, String> variables, String name) {
    var range = RANGES.get(name);
    var variable = PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    var text = variables.getOrDefault(variable, range.unset());
    var number = Numbers.parse(text);
    if (number.isPresent()) {
      var value = number.get();
      var inside =
          value.compareTo(new BigDecimal(range.least())) >= 0
              && value.compareTo(new BigDecimal(range.most())) <= 0;
      if (inside && (!range.whole() || value.stripTrailingZeros().scale() <= 0)) {
        return value;
      }
    }
    throw StepEnvironment.invalid(
        variable,
        "'"
            + name
            + "' must be a "
            + (range.whole() ? "whole number" : "number")
            + " from "
            + range.least()
            + " to "
            + range.most()
            + ", but is '"
            + text
            + "'");
  }
}
