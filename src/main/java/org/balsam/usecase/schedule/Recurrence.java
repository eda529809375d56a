package org.balsam.usecase.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Computes the starts of a schedule; a pure function of its components.
 *
 * <p>Moments are wall-clock times in {@code zone}. One that daylight saving skips starts when the
 * clock jumps; one that occurs twice starts the first time only. Two moments that end up on the
 * same start count once.
 *
 * @param leadDays how many calendar days the start lies before the moment, at the same time of day
 */
record Recurrence(
    Repetition repetition,
    ZoneId zone,
    Set<LocalDate> holidays,
    NonWorkingDays nonWorkingDays,
    int leadDays) {

  private static final LocalDateTime LAST = LocalDateTime.of(2100, 1, 1, 0, 0);

  /**
   * One start.
   *
   * @param moment the recurrence's own moment, which decides the period
   * @param at when the start happens, after holidays and lead time
   */
  record Occurrence(LocalDateTime moment, Instant at) {}

  /** The first start after {@code instant}; empty when there is none before the year 2100. */
  Optional<Occurrence> nextAfter(Instant instant) {
    var moment = repetition.firstFrom(earliestMoment(instant));
    while (moment.isPresent() && moment.get().isBefore(LAST)) {
      var at = start(moment.get());
      if (at.isAfter(instant)) {
        return Optional.of(new Occurrence(moment.get(), at));
      }
      moment = repetition.firstFrom(moment.get().plusSeconds(1));
    }
    return Optional.empty();
  }

  /** The first {@code count} starts after {@code instant}, fewer when there are no more. */
  List<Occurrence> nextAfter(Instant instant, int count) {
    var occurrences = new ArrayList<Occurrence>();
    var next = nextAfter(instant);
    while (next.isPresent() && occurrences.size() < count) {
      occurrences.add(next.get());
      next = nextAfter(next.get().at());
    }
    return occurrences;
  }

  /** The starts after {@code instant} up to {@code now}, oldest first. */
  List<Occurrence> between(Instant instant, Instant now) {
    var occurrences = new ArrayList<Occurrence>();
    var next = nextAfter(instant);
    while (next.isPresent() && !next.get().at().isAfter(now)) {
      occurrences.add(next.get());
      next = nextAfter(next.get().at());
    }
    return occurrences;
  }

  /** No moment before this one can start after {@code instant}. */
  private LocalDateTime earliestMoment(Instant instant) {
    var day = instant.atZone(zone).toLocalDate().plusDays(leadDays).minusDays(1);
    while (nonWorkingDays == NonWorkingDays.NEXT_WORKING_DAY && !isWorkingDay(day)) {
      day = day.minusDays(1);
    }
    return day.atStartOfDay();
  }

  private Instant start(LocalDateTime moment) {
    var day = moment.toLocalDate();
    while (nonWorkingDays == NonWorkingDays.NEXT_WORKING_DAY && !isWorkingDay(day)) {
      day = day.plusDays(1);
    }
    return instant(day.minusDays(leadDays).atTime(moment.toLocalTime()));
  }

  private Instant instant(LocalDateTime local) {
    var transition = zone.getRules().getTransition(local);
    return transition != null && transition.isGap()
        ? transition.getInstant()
        : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  private boolean isWorkingDay(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !holidays.contains(day);
  }
}
