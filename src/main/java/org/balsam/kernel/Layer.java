package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** The steady states of data in official statistics. */
public enum Layer {
  /** Registered as delivered. */
  RAW,
  /** Standardised. */
  STD,
  /** Processed. */
  PROC,
  /** Output, not yet released. */
  OUT,
  /** Released. */
  REL;

  /** Reads {@code raw}, {@code std}, {@code proc}, {@code out} or {@code rel}. */
  @JsonCreator
  public static Layer parse(String value) {
    return Arrays.stream(values())
        .filter(layer -> layer.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_IDENTIFIER,
                    "layer",
                    "'"
                        + Grammar.printable(value)
                        + "' is not a layer; allowed: raw, std, proc, out, rel"));
  }

  /** The layer's writing in names. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of bucket in which the layer's objects live: {@code raw}, {@code work}, {@code out} or
   * {@code rel}.
   */
  public String bucketKind() {
    return switch (this) {
      case RAW -> "raw";
      case STD, PROC -> "work";
      case OUT -> "out";
      case REL -> "rel";
    };
  }
}
