package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** How sensitive the most sensitive data of a project or a dataset are. */
public enum Classification {
  /** Anybody may know them. */
  PUBLIC,
  /** Everybody in the organisation may know them. */
  INTERNAL,
  /** Only the project's people may know them, for example data on people or businesses. */
  CONFIDENTIAL;

  /** Reads {@code public}, {@code internal} or {@code confidential}. */
  @JsonCreator
  public static Classification parse(String value) {
    return Arrays.stream(values())
        .filter(classification -> classification.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT,
                    "classification",
                    "is one of public, internal, confidential"));
  }

  /** The writing in forms and the API. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
