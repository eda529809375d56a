package org.balsam.usecase.schedule;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.springframework.scheduling.support.CronExpression;

/** A cron expression of six fields, at most one moment an hour: {@code 0 0 7 15 1,4,7,10 *}. */
record CronRepetition(CronExpression expression) implements Repetition {

  private static final Pattern FIXED_MINUTE =
      Pattern.compile("^\\d{1,2} \\d{1,2}( [^ ]{1,40}){4}\\z");

  static CronRepetition parse(String text) {
    if (!FIXED_MINUTE.matcher(text).matches()) {
      throw invalid("");
    }
    try {
      return new CronRepetition(CronExpression.parse(text));
    } catch (IllegalArgumentException malformed) {
      throw invalid(": " + malformed.getMessage());
    }
  }

  @Override
  public Optional<LocalDateTime> firstFrom(LocalDateTime from) {
    return Optional.ofNullable(expression.next(from.minusNanos(1)));
  }

  private static Invalid invalid(String why) {
    return new Invalid(
        ErrorCode.INVALID_INPUT,
        "recurrence",
        "a cron expression has six fields (second, minute, hour, day of month, month, day of week)"
            + " of which second and minute are numbers, for example 0 0 7 15 1,4,7,10 *"
            + why);
  }
}
