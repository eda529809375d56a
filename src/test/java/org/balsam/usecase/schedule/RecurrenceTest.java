package org.balsam.usecase.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

  private static final String STOCKHOLM = "Europe/Stockholm";

  @Test
  void keepsTheTimeOfDayOverDaylightSaving() {
    assertThat(starts("R/2026-01-15T07:00/P3M", "2026-01-01T00:00:00Z", 4))
        .containsExactly(
            "2026-01-15T06:00:00Z",
            "2026-04-15T05:00:00Z",
            "2026-07-15T05:00:00Z",
            "2026-10-15T05:00:00Z");
  }

  @Test
  void startsWhenTheClockJumpsOverTheMoment() {
    assertThat(starts("0 30 2 * * *", "2026-03-28T00:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void startsOnceWhenTheMomentOccursTwice() {
    assertThat(starts("0 30 2 * * *", "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(starts("0 30 2 * * *", "2026-10-25T00:30:00Z", 1))
        .containsExactly("2026-10-26T01:30:00Z");
  }

  @Test
  void startsAtMostOnceAtTheEndOfTheSkippedHour() {
    assertThat(starts("0 0 * * * *", "2026-03-29T00:30:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
  }

  @Test
  void returnsToTheLastDayOfLongerMonths() {
    assertThat(starts("R/2027-12-31T12:00/P1M", "2027-12-01T00:00:00Z", 4))
        .containsExactly(
            "2027-12-31T11:00:00Z",
            "2028-01-31T11:00:00Z",
            "2028-02-29T11:00:00Z",
            "2028-03-31T10:00:00Z");
  }

  @Test
  void meetsLeapDaysOnlyInLeapYears() {
    assertThat(starts("0 0 12 29 2 *", "2026-11-21T00:00:00Z", 2))
        .containsExactly("2028-02-29T11:00:00Z", "2032-02-29T11:00:00Z");
    assertThat(starts("R/2024-02-29T12:00/P1Y", "2026-11-21T00:00:00Z", 2))
        .containsExactly("2027-02-28T11:00:00Z", "2028-02-29T11:00:00Z");
  }

  @Test
  void endsAfterTheGivenTimes() {
    assertThat(starts("R2/2026-10-15T07:00/P1W", "2026-01-01T00:00:00Z", 9))
        .containsExactly("2026-10-15T05:00:00Z", "2026-10-22T05:00:00Z");
  }

  @Test
  void findsAStartFarFromTheFirstOne() {
    assertThat(starts("R/1990-01-01T00:00/PT6H", "2026-11-21T00:00:00Z", 1))
        .containsExactly("2026-11-21T05:00:00Z");
  }

  @Test
  void movesToTheNextWorkingDayOverWeekendAndHolidays() {
    var rules = rules("R/2026-12-24T07:00/P1D", christmas(), NonWorkingDays.NEXT_WORKING_DAY, 0);
    assertThat(starts(rules, "2026-12-23T12:00:00Z", 3))
        .containsExactly("2026-12-28T06:00:00Z", "2026-12-29T06:00:00Z", "2026-12-30T06:00:00Z");
  }

  @Test
  void keepsAHolidayWhenTheRuleSaysSo() {
    var rules = rules("R/2026-12-24T07:00/P1D", christmas(), NonWorkingDays.KEEP, 0);
    assertThat(starts(rules, "2026-12-23T12:00:00Z", 1)).containsExactly("2026-12-24T06:00:00Z");
  }

  @Test
  void findsAMovedStartFromWithinTheHolidays() {
    var rules = rules("R/2026-12-24T07:00/P1M", christmas(), NonWorkingDays.NEXT_WORKING_DAY, 0);
    assertThat(starts(rules, "2026-12-27T20:00:00Z", 2))
        .containsExactly("2026-12-28T06:00:00Z", "2027-01-25T06:00:00Z");
  }

  @Test
  void startsTheLeadTimeBeforeTheMovedDay() {
    var rules = rules("R/2026-12-24T07:00/P1M", christmas(), NonWorkingDays.NEXT_WORKING_DAY, 10);
    assertThat(starts(rules, "2026-12-01T00:00:00Z", 1)).containsExactly("2026-12-18T06:00:00Z");
    assertThat(starts(rules, "2026-12-18T06:00:00Z", 1)).containsExactly("2027-01-15T06:00:00Z");
  }

  @Test
  void takesThePeriodFromTheMomentWhateverHolidaysAndLeadTimeDo() {
    var rules =
        new ScheduleRules(
            "R/2026-10-01T07:00/P3M",
            ZoneId.of(STOCKHOLM),
            Set.of(),
            NonWorkingDays.NEXT_WORKING_DAY,
            5,
            MisfirePolicy.RUN_LATE,
            Period.Frequency.QUARTER,
            1);
    assertThat(rules.next(Instant.parse("2026-09-01T00:00:00Z"), 2))
        .containsExactly(
            new ScheduleRules.Start(Instant.parse("2026-09-26T05:00:00Z"), new Period("2026-q3")),
            new ScheduleRules.Start(Instant.parse("2026-12-27T06:00:00Z"), new Period("2026-q4")));
  }

  @Test
  void isTheSameWhetherComputedInOneGoOrStepByStep() {
    var rules = rules("0 0 2 * * MON-SAT", christmas(), NonWorkingDays.NEXT_WORKING_DAY, 1);
    var from = Instant.parse("2026-01-01T00:00:00Z");
    var all = rules.next(from, 400);
    assertThat(rules.between(from, all.get(399).at())).isEqualTo(all);
    assertThat(all).extracting(ScheduleRules.Start::at).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "R",
        "R/2026-10-15T07:00",
        "R/2026-10-15T07:00/P0D",
        "R0/2026-10-15T07:00/P1D",
        "R/2026-13-15T07:00/P1D",
        "R/2026-10-15T07:00/-P1D",
        "R/2026-10-15T07:00/PT5M",
        "R/2026-10-15T07:00/P1D1M",
        "R/2026-10-15T07:00Z/P1D",
        "* * * * * *",
        "0 */5 * * * *",
        "0 0 25 * * *",
        "0 0 7 * *",
        "${now()}"
      })
  void refusesWhatIsNotARecurrence(String text) {
    assertThatThrownBy(() -> rules(text, Set.of(), NonWorkingDays.KEEP, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("for example");
  }

  @Test
  void hasNoStartForAnImpossibleDate() {
    assertThat(starts("0 0 7 31 2 *", "2026-01-01T00:00:00Z", 1)).isEmpty();
  }

  private static Set<LocalDate> christmas() {
    return Set.of(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 25));
  }

  private static List<String> starts(String recurrence, String after, int count) {
    return starts(rules(recurrence, Set.of(), NonWorkingDays.KEEP, 0), after, count);
  }

  private static List<String> starts(ScheduleRules rules, String after, int count) {
    return rules.next(Instant.parse(after), count).stream()
        .map(start -> start.at().toString())
        .toList();
  }

  private static ScheduleRules rules(
      String recurrence, Set<LocalDate> holidays, NonWorkingDays nonWorkingDays, int leadDays) {
    return new ScheduleRules(
        recurrence,
        ZoneId.of(STOCKHOLM),
        holidays,
        nonWorkingDays,
        leadDays,
        MisfirePolicy.RUN_LATE,
        Period.Frequency.QUARTER,
        0);
  }
}
