package org.balsam.api;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.Period;
import org.balsam.usecase.schedule.MisfirePolicy;
import org.balsam.usecase.schedule.NonWorkingDays;
import org.balsam.usecase.schedule.ScheduleRules;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a schedule as sent; for a new one, recurrence, zone and frequency are needed.
 *
 * @param recurrence an ISO 8601 repeat on the wall clock ({@code R/2026-10-15T07:00/P3M}) or a cron
 *     expression of six fields ({@code 0 0 7 15 1,4,7,10 *})
 * @param zone the time zone of the wall clock, for example {@code Europe/Stockholm}
 * @param holidays days that are not worked besides Saturdays and Sundays; none unless said
 * @param nonWorkingDays what happens to a start on such a day; kept unless said
 * @param leadDays calendar days by which the start lies before the moment; 0 unless said
 * @param misfirePolicy what happens to missed starts; run-late unless said
 * @param frequency how long a reference period is
 * @param periodOffset how many periods back from the moment; 1 unless said
 */
record ScheduleRulesBody(
    @Nullable String recurrence,
    @Nullable ZoneId zone,
    @Nullable Set<LocalDate> holidays,
    @Nullable NonWorkingDays nonWorkingDays,
    @Nullable Integer leadDays,
    @Nullable MisfirePolicy misfirePolicy,
    Period.@Nullable Frequency frequency,
    @Nullable Integer periodOffset) {

  /** The rules of a new schedule. */
  ScheduleRules rules() {
    var missing =
        List.of(
                new Field("recurrence", recurrence),
                new Field("zone", zone),
                new Field("frequency", frequency))
            .stream()
            .filter(field -> field.value == null)
            .map(field -> new Problem("/rules/" + field.name, "is needed"))
            .toList();
    if (!missing.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, missing);
    }
    return new ScheduleRules(
        Objects.requireNonNull(recurrence),
        Objects.requireNonNull(zone),
        otherwise(holidays, Set.of()),
        otherwise(nonWorkingDays, NonWorkingDays.KEEP),
        otherwise(leadDays, 0),
        otherwise(misfirePolicy, MisfirePolicy.RUN_LATE),
        Objects.requireNonNull(frequency),
        otherwise(periodOffset, 1));
  }

  /** These rules where they are given, {@code now} elsewhere. */
  ScheduleRules over(ScheduleRules now) {
    return new ScheduleRules(
        otherwise(recurrence, now.recurrence()),
        otherwise(zone, now.zone()),
        otherwise(holidays, now.holidays()),
        otherwise(nonWorkingDays, now.nonWorkingDays()),
        otherwise(leadDays, now.leadDays()),
        otherwise(misfirePolicy, now.misfirePolicy()),
        otherwise(frequency, now.frequency()),
        otherwise(periodOffset, now.periodOffset()));
  }

  private record Field(String name, @Nullable Object value) {}

  private static <T> T otherwise(@Nullable T value, T instead) {
    return value == null ? instead : value;
  }
}
