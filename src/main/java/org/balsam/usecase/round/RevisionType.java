package org.balsam.usecase.round;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** Why figures that are already published are published anew. */
public enum RevisionType {
  /** New or better data, announced beforehand. */
  ROUTINE,
  /** Sources, concepts, classifications or methods changed. */
  MAJOR,
  /** An error. */
  NON_SCHEDULED;

  /** Reads {@code routine}, {@code major} or {@code non-scheduled}. */
  @JsonCreator
  public static RevisionType parse(String value) {
    return Arrays.stream(values())
        .filter(type -> type.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT,
                    "revision type",
                    "not a type of revision; allowed: routine, major, non-scheduled"));
  }

  /** The writing in the API: {@code non-scheduled}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
