package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A reference period: a year, quarter, month, half-year or ISO week. Stored lower case ({@code
 * 2026-q3}), shown as SDMX ({@code 2026-Q3}).
 */
public record Period(@JsonValue String value) {

  private static final Pattern PATTERN = Grammar.anchored(Grammar.PER);
  private static final String ALLOWED =
      "2026 (year), 2026-q1…q4 (quarter), 2026-01…12 (month), 2026-s1…s2 (half-year), 2026-w01…w53"
          + " (ISO week)";

  /** How long a period is. */
  public enum Frequency {
    YEAR,
    HALF_YEAR,
    QUARTER,
    MONTH,
    WEEK;

    /** Reads {@code half-year}. */
    @JsonCreator
    public static Frequency parse(String value) {
      return Arrays.stream(values())
          .filter(frequency -> frequency.value().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new Invalid(
                      ErrorCode.INVALID_INPUT,
                      "frequency",
                      "is one of year, half-year, quarter, month, week"));
    }

    /** The writing in project files and the API: {@code half-year}. */
    @JsonValue
    public String value() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Period {
    Grammar.check(PATTERN, "period", value, ALLOWED);
    if (value.contains("w") && week(value) > weeksOf(year(value))) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "period",
          "'" + value + "' does not exist: " + year(value) + " has 52 ISO weeks");
    }
  }

  /** Reads a period in either writing, {@code 2026-q3} or SDMX {@code 2026-Q3}. */
  public static Period parse(String text) {
    return new Period(text.strip().toLowerCase(Locale.ROOT));
  }

  /** The month that holds {@code date}. */
  public static Period month(YearMonth month) {
    return new Period(month.toString());
  }

  /** The period of {@code frequency} that holds {@code date}. */
  public static Period of(Frequency frequency, LocalDate date) {
    var year = date.getYear();
    return new Period(
        switch (frequency) {
          case YEAR -> String.valueOf(year);
          case HALF_YEAR -> year + (date.getMonthValue() <= 6 ? "-s1" : "-s2");
          case QUARTER -> year + "-q" + date.get(IsoFields.QUARTER_OF_YEAR);
          case MONTH -> YearMonth.from(date).toString();
          case WEEK ->
              "%d-w%02d"
                  .formatted(
                      date.get(IsoFields.WEEK_BASED_YEAR),
                      date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        });
  }

  /** How long the period is. */
  public Frequency frequency() {
    if (value.length() == 4) {
      return Frequency.YEAR;
    }
    return switch (value.charAt(5)) {
      case 'q' -> Frequency.QUARTER;
      case 's' -> Frequency.HALF_YEAR;
      case 'w' -> Frequency.WEEK;
      default -> Frequency.MONTH;
    };
  }

  /** The first day. */
  public LocalDate start() {
    var year = year(value);
    return switch (frequency()) {
      case YEAR -> LocalDate.of(year, 1, 1);
      case HALF_YEAR -> LocalDate.of(year, value.endsWith("1") ? 1 : 7, 1);
      case QUARTER -> LocalDate.of(year, 3 * (value.charAt(6) - '1') + 1, 1);
      case MONTH -> LocalDate.of(year, Integer.parseInt(value.substring(5)), 1);
      case WEEK ->
          LocalDate.of(year, 1, 4)
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
              .plusWeeks(week(value) - 1L);
    };
  }

  /** The first day after the period. */
  public LocalDate end() {
    return switch (frequency()) {
      case YEAR -> start().plusYears(1);
      case HALF_YEAR -> start().plusMonths(6);
      case QUARTER -> start().plusMonths(3);
      case MONTH -> start().plusMonths(1);
      case WEEK -> start().plusWeeks(1);
    };
  }

  /** The period right after this one, of the same frequency. */
  public Period next() {
    return of(frequency(), end());
  }

  /** The period right before this one, of the same frequency. */
  public Period previous() {
    return of(frequency(), start().minusDays(1));
  }

  /** The SDMX writing, {@code 2026-Q3}. */
  public String sdmx() {
    return value.toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }

  private static int year(String value) {
    return Integer.parseInt(value.substring(0, 4));
  }

  private static int week(String value) {
    return Integer.parseInt(value.substring(6));
  }

  private static long weeksOf(int year) {
    return IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(LocalDate.of(year, 7, 1)).getMaximum();
  }
}
