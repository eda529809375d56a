package org.balsam.platform.compute.classifier;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** What the environment of a step tells about the model. Everything missing or wrong is named. */
final class StepEnvironment {

  private final Map<String, String> variables;

  StepEnvironment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The column that holds the true class. */
  String target() {
    return required("BALSAM_TARGET", "the name of the column that holds the true class");
  }

  /** The column that identifies a row. */
  String row() {
    return required("BALSAM_ROW", "the name of the column that identifies a row");
  }

  /** All classes, in the order of the columns of probabilities. */
  List<String> classes() {
    var name = "BALSAM_CLASSES";
    var classes = Arrays.asList(required(name, "two or more classes, by commas").split(",", -1));
    if (classes.size() < 2 || classes.contains("")) {
      throw invalid(name, "must name two or more classes, by commas, but is " + classes);
    }
    if (new HashSet<>(classes).size() < classes.size()) {
      throw invalid(name, "names a class twice: " + classes);
    }
    return classes;
  }

  /** The columns to learn from with their kinds, in the declared order. */
  Map<String, FeatureKind> features() {
    var name = "BALSAM_FEATURES";
    var allowed = "'column:kind' by commas, kind one of " + FeatureKind.names();
    var features = new LinkedHashMap<String, FeatureKind>();
    for (var item : required(name, allowed).split(",", -1)) {
      var colon = item.lastIndexOf(':');
      var kind = FeatureKind.named(item.substring(colon + 1));
      if (colon < 1 || kind.isEmpty()) {
        throw invalid(name, "'" + item + "' is not a feature; allowed is " + allowed);
      }
      if (features.put(item.substring(0, colon), kind.get()) != null) {
        throw invalid(name, "names the column '" + item.substring(0, colon) + "' twice");
      }
    }
    for (var column : features.keySet()) {
      if (column.startsWith(OnnxGraph.OWN) || column.equals(OnnxExport.PROBABILITIES)) {
        throw invalid(name, "'" + column + "' is a name that the model file uses; rename it");
      }
    }
    for (var column : List.of(target(), row())) {
      if (features.containsKey(column)) {
        throw invalid(
            name, "'" + column + "' is the target or the row's name; a model cannot learn from it");
      }
    }
    return features;
  }

  /** What makes the training's random choices repeatable. */
  long seed() {
    var seed = required("BALSAM_SEED", "a whole number");
    try {
      return Long.parseLong(seed);
    } catch (NumberFormatException malformed) {
      throw invalid("BALSAM_SEED", "must be a whole number, but is '" + seed + "'");
    }
  }

  /** The settings of the training. */
  TrainingParameters parameters() {
    return TrainingParameters.of(variables);
  }

  private String required(String name, String meaning) {
    var value = variables.get(name);
    if (value == null || value.isEmpty()) {
      throw invalid(name, "is missing; it must be " + meaning);
    }
    return value;
  }

  static Invalid invalid(String name, String message) {
    return new Invalid(ErrorCode.INVALID_INPUT, name, message);
  }
}
