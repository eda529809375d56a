package org.balsam.platform.compute.classifier;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the values of a column are read. */
enum FeatureKind {
  /** Text; the empty text is a category of its own. */
  CATEGORY,
  /** A decimal number; the empty text is a missing value. */
  NUMBER;

  static Optional<FeatureKind> named(String value) {
    return Arrays.stream(values()).filter(kind -> kind.value().equals(value)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(FeatureKind::value).toList();
  }

  @JsonValue
  String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
