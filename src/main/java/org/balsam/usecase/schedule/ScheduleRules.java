package org.balsam.usecase.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Period;

/**
 * When a schedule starts rounds or trainings, and for which period.
 *
 * @param recurrence an ISO 8601 repeat on the wall clock ({@code R/2026-10-15T07:00/P3M}) or a cron
 *     expression of six fields ({@code 0 0 7 15 1,4,7,10 *})
 * @param zone the time zone of the wall clock
 * @param holidays days that are not worked besides Saturdays and Sundays, at most 1000
 * @param nonWorkingDays what happens to a moment on such a day
 * @param leadDays calendar days by which the start lies before the moment, 0 to 366
 * @param misfirePolicy what happens to missed starts
 * @param frequency how long a reference period is
 * @param periodOffset the start is for the period that holds the date of the moment, minus this
 *     many, 0 to 60
 */
public record ScheduleRules(
    String recurrence,
    ZoneId zone,
    Set<LocalDate> holidays,
    NonWorkingDays nonWorkingDays,
    int leadDays,
    MisfirePolicy misfirePolicy,
    Period.Frequency frequency,
    int periodOffset) {

  /**
   * One coming start.
   *
   * @param at when
   * @param period the reference period of what it starts
   */
  public record Start(Instant at, Period period) {}

  public ScheduleRules {
    holidays = Set.copyOf(holidays);
    Repetition.parse(recurrence);
    check("holidays", holidays.size() <= 1000, "are at most 1000");
    check("leadDays", leadDays >= 0 && leadDays <= 366, "is 0 to 366");
    check("periodOffset", periodOffset >= 0 && periodOffset <= 60, "is 0 to 60");
  }

  /** The first {@code count} starts after {@code instant}, fewer when there are no more. */
  public List<Start> next(Instant instant, int count) {
    return computed().nextAfter(instant, count).stream().map(this::start).toList();
  }

  Optional<Start> next(Instant instant) {
    return computed().nextAfter(instant).map(this::start);
  }

  List<Start> between(Instant instant, Instant now) {
    return computed().between(instant, now).stream().map(this::start).toList();
  }

  /** The holidays in order. */
  Set<LocalDate> sortedHolidays() {
    return new TreeSet<>(holidays);
  }

  private Recurrence computed() {
    return new Recurrence(Repetition.parse(recurrence), zone, holidays, nonWorkingDays, leadDays);
  }

  private Start start(Recurrence.Occurrence occurrence) {
    return new Start(occurrence.at(), periodOf(occurrence.moment()));
  }

  private Period periodOf(LocalDateTime moment) {
    var period = Period.of(frequency, moment.toLocalDate());
    for (int i = 0; i < periodOffset; i++) {
      period = period.previous();
    }
    return period;
  }

  private static void check(String where, boolean holds, String allowed) {
    if (!holds) {
      throw new Invalid(ErrorCode.INVALID_INPUT, where, where + " " + allowed);
    }
  }
}
