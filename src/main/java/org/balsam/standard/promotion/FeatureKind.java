package org.balsam.standard.promotion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.Shown;

/** What the values of a feature are. */
public enum FeatureKind {
  /** Numbers; empty cells are missing values. */
  NUMBER,
  /** Words; empty cells are missing values. */
  CATEGORY;

  /** Reads {@code number} or {@code category}; anything else is an {@link Invalid}. */
  @JsonCreator
  public static FeatureKind parse(String value) {
    for (var kind : values()) {
      if (kind.value().equals(value)) {
        return kind;
      }
    }
    throw new Invalid(
        ErrorCode.INVALID_INPUT,
        "feature",
        "'%s' is not a kind of feature; allowed: number, category".formatted(Shown.of(value)));
  }

  /** The writing in {@code balsam.yaml} and in JSON: {@code number}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
