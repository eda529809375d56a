package org.balsam.platform.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/**
 * What a version of a model is to its project. A version has exactly one alias at a time; at most
 * one version of a model is champion.
 */
public enum Alias {
  /** The version in use. */
  CHAMPION,
  /** Registered, and neither promoted nor given up yet. */
  CANDIDATE,
  /** A former champion, or a candidate that was given up. */
  ARCHIVED;

  /** Reads the lower-case writing. */
  @JsonCreator
  public static Alias parse(String value) {
    return Arrays.stream(values())
        .filter(alias -> alias.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT, "alias", "is one of champion, candidate, archived"));
  }

  /** The alias's writing in names and the API. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
