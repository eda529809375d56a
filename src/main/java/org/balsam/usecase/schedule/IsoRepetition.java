package org.balsam.usecase.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.Optional;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/**
 * An ISO 8601 repeating interval: {@code R/2026-10-15T07:00/P3M} without end, {@code R8/…} eight
 * times. Moment <i>i</i> is {@code first + i × interval}, so the last day of a month stays the
 * last.
 *
 * @param times how many moments there are; {@link Long#MAX_VALUE} without end
 */
record IsoRepetition(long times, LocalDateTime first, Period days, Duration hours)
    implements Repetition {

  private static final Pattern PATTERN =
      Pattern.compile(
          "^R(\\d{0,4})/(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d)?)"
              + "/P((?:\\d{1,4}[YMWD]){0,4})(?:T(\\d{1,4})H)?\\z");

  static IsoRepetition parse(String text) {
    var matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw invalid();
    }
    try {
      var times = matcher.group(1).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(1));
      var days = matcher.group(3).isEmpty() ? Period.ZERO : Period.parse("P" + matcher.group(3));
      var hours =
          matcher.group(4) == null
              ? Duration.ZERO
              : Duration.ofHours(Long.parseLong(matcher.group(4)));
      if (times == 0 || (days.isZero() && hours.isZero())) {
        throw invalid();
      }
      return new IsoRepetition(times, LocalDateTime.parse(matcher.group(2)), days, hours);
    } catch (DateTimeException malformed) {
      throw invalid();
    }
  }

  @Override
  public Optional<LocalDateTime> firstFrom(LocalDateTime from) {
    long high = 1;
    while (moment(high - 1).isBefore(from) && high < 1L << 24) {
      high *= 2;
    }
    long low = 0;
    while (low < high) {
      var middle = (low + high) / 2;
      if (moment(middle).isBefore(from)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < times && !moment(low).isBefore(from) ? Optional.of(moment(low)) : Optional.empty();
  }

  private LocalDateTime moment(long index) {
    return first
        .plusMonths(days.toTotalMonths() * index)
        .plusDays(days.getDays() * index)
        .plusHours(hours.toHours() * index);
  }

  private static Invalid invalid() {
    return new Invalid(
        ErrorCode.INVALID_INPUT,
        "recurrence",
        "an ISO 8601 repeat is written R[times]/<local start>/<interval> with an interval of at"
            + " least one hour, for example R/2026-10-15T07:00/P3M or R8/2026-10-15T07:00/P1W");
  }
}
