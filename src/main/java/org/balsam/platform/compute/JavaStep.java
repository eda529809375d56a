package org.balsam.platform.compute;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The programs shipped with Balsam that a step of kind {@link JobSpec.Kind#JAVA} can name. */
public enum JavaStep {
  /** Trains a classifier and writes it as ONNX. */
  TRAIN_CLASSIFIER,
  /** Applies an ONNX classifier to a set and writes the probabilities. */
  SCORE_CLASSIFIER;

  /** The written form, {@code train-classifier}. */
  public String value() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The program that a step names, empty when there is none of that name. */
  public static Optional<JavaStep> named(String value) {
    return Arrays.stream(values()).filter(step -> step.value().equals(value)).findFirst();
  }

  /** All written forms. */
  public static List<String> names() {
    return Arrays.stream(values()).map(JavaStep::value).toList();
  }
}
