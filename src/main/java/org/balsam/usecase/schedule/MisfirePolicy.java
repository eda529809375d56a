package org.balsam.usecase.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** What happens to starts whose moment passed while Balsam was down or the instance stood still. */
public enum MisfirePolicy {
  /** The newest missed start runs now; the ones before it are skipped. */
  RUN_LATE,
  /** Missed starts are skipped. */
  SKIP,
  /** Every missed start runs, the oldest first. */
  CATCH_UP;

  /** Reads {@code run-late}. */
  @JsonCreator
  public static MisfirePolicy parse(String value) {
    return Arrays.stream(values())
        .filter(one -> one.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT,
                    "misfirePolicy",
                    "is one of run-late, skip, catch-up"));
  }

  /** The writing in the API: {@code run-late}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
