package org.balsam.usecase.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** What happens to a start that falls on a Saturday, a Sunday or a holiday of the schedule. */
public enum NonWorkingDays {
  /** It stays where it is. */
  KEEP,
  /** It moves to the same time on the next working day. */
  NEXT_WORKING_DAY;

  /** Reads {@code keep}. */
  @JsonCreator
  public static NonWorkingDays parse(String value) {
    return Arrays.stream(values())
        .filter(one -> one.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT, "nonWorkingDays", "is one of keep, next-working-day"));
  }

  /** The writing in the API: {@code keep}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
