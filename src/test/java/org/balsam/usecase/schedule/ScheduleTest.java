package org.balsam.usecase.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.messaging.Messenger;
import org.balsam.testing.EngineClock;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
class ScheduleTest {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Actor OWNER = Actor.user("olga", Set.of("emp-industry/owner"));
  private static final Actor QUALITY = Actor.user("quinn", Set.of("emp-industry/quality"));
  private static final Actor STRANGER = Actor.user("sven", Set.of("lfs/owner"));

  @Autowired CreateSchedule createSchedule;
  @Autowired ChangeSchedule changeSchedule;
  @Autowired PauseSchedule pauseSchedule;
  @Autowired ResumeSchedule resumeSchedule;
  @Autowired EndSchedule endSchedule;
  @Autowired ComputeNextStart computeNextStart;
  @Autowired TakeStart takeStart;
  @Autowired RecordStart recordStart;
  @Autowired Schedules schedules;
  @MockitoBean ScheduleProcess process;
  @MockitoBean Messenger messenger;

  private final ScheduleId schedule =
      new ScheduleId(new ProjectId("emp-industry"), "q" + COUNT.incrementAndGet());

  @BeforeEach
  void stopTheClock() {
    EngineClock.stopAt("2026-10-01T00:00:00Z");
  }

  @AfterEach
  void letTheClockRun() {
    ClockUtil.reset();
  }

  @Test
  void isStoredAsGivenAndStartsItsProcess() {
    var rules = monthly(MisfirePolicy.SKIP);
    var created = createSchedule.handle(new CreateSchedule.Command(schedule, rules, OWNER));
    assertThat(schedules.get(schedule, QUALITY)).isEqualTo(created);
    assertThat(created.rules()).isEqualTo(rules);
    assertThat(created.nextStart()).isEqualTo("2026-10-15T05:00:00Z");
    verify(process).start(schedule);
  }

  @Test
  void isMadeOnceByManyAtOnce() throws Exception {
    var outcomes = new ArrayList<String>();
    var pool = Executors.newFixedThreadPool(32);
    var attempts = new ArrayList<Callable<String>>();
    for (int i = 0; i < 32; i++) {
      attempts.add(
          () -> {
            try {
              create(MisfirePolicy.SKIP);
              return "created";
            } catch (Rejection rejection) {
              return rejection.code().name();
            }
          });
    }
    for (var outcome : pool.invokeAll(attempts)) {
      outcomes.add(outcome.get());
    }
    pool.shutdown();
    assertThat(outcomes).containsOnlyOnce("created").contains("ALREADY_EXISTS").hasSize(32);
    assertThat(Set.copyOf(outcomes)).hasSize(2);
  }

  @Test
  void isForOwnersAndProductionToChangeAndForMembersToSee() {
    assertThatThrownBy(
            () ->
                createSchedule.handle(
                    new CreateSchedule.Command(schedule, monthly(MisfirePolicy.SKIP), QUALITY)))
        .isInstanceOf(Forbidden.class);
    create(MisfirePolicy.SKIP);
    assertThatThrownBy(() -> schedules.get(schedule, STRANGER)).isInstanceOf(NotFound.class);
    assertThatThrownBy(
            () -> pauseSchedule.handle(new PauseSchedule.Command(schedule, null, STRANGER)))
        .isInstanceOf(NotFound.class);
    verify(process, never()).pause(any());
  }

  @Test
  void refusesAChangeOfAnotherVersion() {
    create(MisfirePolicy.SKIP);
    var rules = rules("0 0 9 1 * *", MisfirePolicy.CATCH_UP, Set.of());
    var changed = changeSchedule.handle(new ChangeSchedule.Command(schedule, 0, rules, OWNER));
    assertThat(changed.version()).isEqualTo(1);
    assertThat(changed.nextStart()).isEqualTo("2026-10-01T07:00:00Z");
    assertThat(schedules.get(schedule, OWNER).rules()).isEqualTo(rules);
    assertThatThrownBy(
            () -> changeSchedule.handle(new ChangeSchedule.Command(schedule, 0, rules, OWNER)))
        .isInstanceOfSatisfying(
            Rejection.class, stale -> assertThat(stale.code()).isEqualTo(ErrorCode.STALE));
  }

  @Test
  void takesEachPunctualStartOnce() {
    create(MisfirePolicy.SKIP);
    assertThat(take()).isEmpty();
    EngineClock.stopAt("2026-10-15T05:00:01Z");
    assertThat(take()).containsExactly("2026-q3");
    assertThat(take()).isEmpty();
    assertThat(next()).isEqualTo("2026-11-16T06:00:00Z");
  }

  @Test
  void skipsMissedStarts() {
    create(MisfirePolicy.SKIP);
    EngineClock.stopAt("2027-02-20T00:00:00Z");
    assertThat(take()).isEmpty();
    assertThat(next()).isEqualTo("2027-03-15T06:00:00Z");
  }

  @Test
  void startsThePunctualOneOfSeveralWhenSkipping() {
    create(MisfirePolicy.SKIP);
    EngineClock.stopAt("2027-01-15T06:10:00Z");
    assertThat(take()).containsExactly("2026-q4");
    assertThat(take()).isEmpty();
  }

  @Test
  void runsTheNewestMissedStartLate() {
    create(MisfirePolicy.RUN_LATE);
    EngineClock.stopAt("2027-02-20T00:00:00Z");
    assertThat(take()).containsExactly("2026-q4");
    assertThat(take()).isEmpty();
    assertThat(next()).isEqualTo("2027-03-15T06:00:00Z");
  }

  @Test
  void catchesUpWithEveryMissedStart() {
    create(MisfirePolicy.CATCH_UP);
    EngineClock.stopAt("2027-01-20T00:00:00Z");
    assertThat(next()).isEqualTo("2026-10-15T05:00:00Z");
    assertThat(List.of(take(), take(), take(), take(), take()))
        .containsExactly(
            List.of("2026-q3"),
            List.of("2026-q3"),
            List.of("2026-q3"),
            List.of("2026-q4"),
            List.of());
  }

  @Test
  void dropsStartsThatPassWhilePaused() {
    create(MisfirePolicy.CATCH_UP);
    pauseSchedule.handle(new PauseSchedule.Command(schedule, "strike", OWNER));
    EngineClock.stopAt("2026-12-20T00:00:00Z");
    assertThat(take()).isEmpty();
    assertThat(computeNextStart.handle(new ComputeNextStart.Command(schedule)))
        .isEqualTo(new ComputeNextStart.Result(ScheduleState.PAUSED, null));
    resumeSchedule.handle(new ResumeSchedule.Command(schedule, null, OWNER));
    assertThat(take()).isEmpty();
    assertThat(next()).isEqualTo("2027-01-15T06:00:00Z");
    verify(process).pause(schedule);
    verify(process).resume(schedule);
  }

  @Test
  void endsByItselfAfterItsLastStart() {
    createSchedule.handle(
        new CreateSchedule.Command(
            schedule, rules("R1/2026-10-15T07:00/P1M", MisfirePolicy.RUN_LATE, Set.of()), OWNER));
    EngineClock.stopAt("2026-10-15T05:00:00Z");
    assertThat(take()).containsExactly("2026-q3");
    assertThat(computeNextStart.handle(new ComputeNextStart.Command(schedule)).state())
        .isEqualTo(ScheduleState.ENDED);
    assertThatThrownBy(
            () -> resumeSchedule.handle(new ResumeSchedule.Command(schedule, null, OWNER)))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("has ended");
    assertThat(schedules.next(schedule, 3, OWNER)).isEmpty();
  }

  @Test
  void tellsTheOwnerOfARefusedStartOnly() {
    create(MisfirePolicy.SKIP);
    record(StartOutcome.EXISTED, "it exists");
    verify(messenger, never()).send(any());
    record(StartOutcome.REFUSED, "the project is not active");
    verify(messenger)
        .send(
            argThat(
                notice ->
                    notice.groups().equals(List.of("emp-industry/owner"))
                        && notice.text().contains("the project is not active")));
    assertThat(schedules.get(schedule, OWNER).lastOutcome()).isEqualTo(StartOutcome.REFUSED);
  }

  @Test
  void trainsAModelInsteadOfStartingRounds() {
    var rules = monthly(MisfirePolicy.RUN_LATE);
    var model = new ModelName("damage");
    createSchedule.handle(new CreateSchedule.Command(schedule, model, rules, OWNER));
    assertThat(schedules.get(schedule, QUALITY).model()).isEqualTo(model);
    EngineClock.stopAt("2026-10-15T05:00:00Z");
    assertThat(takeStart.handle(new TakeStart.Command(schedule)))
        .isEqualTo(new TakeStart.Result(Optional.of(new Period("2026-q3")), model));
    record(StartOutcome.REFUSED, "there is no such model");
    verify(messenger).send(argThat(notice -> notice.text().contains("training of model damage")));
  }

  @Test
  void areListedPageByPage() {
    var project = new ProjectId("paged");
    var member = Actor.user("olga", Set.of("paged/owner"));
    for (var name : List.of("aa", "bb", "cc")) {
      createSchedule.handle(
          new CreateSchedule.Command(
              new ScheduleId(project, name), monthly(MisfirePolicy.SKIP), member));
    }
    var first = schedules.page(project, null, 2, member);
    assertThat(first.items()).extracting(view -> view.id().name()).containsExactly("aa", "bb");
    var last = schedules.page(project, first.next(), 2, member);
    assertThat(last.items()).extracting(view -> view.id().name()).containsExactly("cc");
    assertThat(last.next()).isNull();
  }

  @Test
  void endsOnce() {
    create(MisfirePolicy.SKIP);
    endSchedule.handle(new EndSchedule.Command(schedule, "no longer made", OWNER));
    endSchedule.handle(new EndSchedule.Command(schedule, "again", OWNER));
    verify(process).end(schedule);
    assertThat(schedules.get(schedule, OWNER).state()).isEqualTo(ScheduleState.ENDED);
  }

  private void create(MisfirePolicy policy) {
    createSchedule.handle(new CreateSchedule.Command(schedule, monthly(policy), OWNER));
  }

  private List<String> take() {
    return takeStart.handle(new TakeStart.Command(schedule)).period().stream()
        .map(Period::value)
        .toList();
  }

  private Instant next() {
    return computeNextStart.handle(new ComputeNextStart.Command(schedule)).nextStart();
  }

  private void record(StartOutcome outcome, String detail) {
    recordStart.handle(new RecordStart.Command(schedule, new Period("2026-q3"), outcome, detail));
  }

  private static ScheduleRules monthly(MisfirePolicy policy) {
    return rules("R/2026-10-15T07:00/P1M", policy, Set.of(LocalDate.of(2026, 12, 24)));
  }

  private static ScheduleRules rules(
      String recurrence, MisfirePolicy policy, Set<LocalDate> holidays) {
    return new ScheduleRules(
        recurrence,
        ZoneId.of("Europe/Stockholm"),
        holidays,
        NonWorkingDays.NEXT_WORKING_DAY,
        0,
        policy,
        Period.Frequency.QUARTER,
        1);
  }

  @TestConfiguration
  static class MovedClock {

    @Bean
    @Primary
    Clock engineClock() {
      return new EngineClock();
    }
  }
}
