package org.balsam.process.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Classification;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.process.engine.EngineAccess;
import org.balsam.testing.EngineClock;
import org.balsam.usecase.project.ProjectState;
import org.balsam.usecase.project.Projects;
import org.balsam.usecase.project.RequestProject;
import org.balsam.usecase.round.Rounds;
import org.balsam.usecase.round.StartRound;
import org.balsam.usecase.round.Trigger;
import org.balsam.usecase.schedule.CreateSchedule;
import org.balsam.usecase.schedule.MisfirePolicy;
import org.balsam.usecase.schedule.NonWorkingDays;
import org.balsam.usecase.schedule.ScheduleId;
import org.balsam.usecase.schedule.ScheduleRules;
import org.balsam.usecase.schedule.Schedules;
import org.balsam.usecase.schedule.StartOutcome;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** From the request of a project to rounds that start by themselves; nothing is mocked. */
@SpringBootTest(
    properties = {
      "camunda.bpm.job-execution.wait-time-in-millis=100",
      "camunda.bpm.job-execution.max-wait=300"
    })
class ScheduledRoundTest {

  private static final ProjectId PROJECT = new ProjectId("emp-industry");
  private static final ScheduleId SCHEDULE = new ScheduleId(PROJECT, "quarterly");
  private static final Actor REQUESTER = Actor.user("rita", Set.of());
  private static final Actor ADMINISTRATOR =
      Actor.user("anna", Set.of(Actor.PLATFORM_ADMINISTRATORS));
  private static final Actor OWNER = Actor.user("olga", Set.of(Role.OWNER.group(PROJECT)));

  @Autowired EmbeddedPeople people;
  @Autowired RequestProject requestProject;
  @Autowired Projects projects;
  @Autowired CreateSchedule createSchedule;
  @Autowired Schedules schedules;
  @Autowired StartRound startRound;
  @Autowired Rounds rounds;
  @Autowired TaskService tasks;
  @Autowired EngineAccess engine;

  @BeforeEach
  void stopTheClock() {
    EngineClock.stopAt("2026-10-01T00:00:00Z");
  }

  @AfterEach
  void letTheClockRun() {
    ClockUtil.reset();
  }

  @Test
  void startsTheNextQuartersRoundByItself() {
    onboard();
    createSchedule.handle(new CreateSchedule.Command(SCHEDULE, quarterly(), OWNER));
    awaitNextStart("2026-10-15T05:00:00Z");

    EngineClock.stopAt("2026-10-15T05:00:00Z");
    awaitNextStart("2027-01-15T06:00:00Z");
    assertThat(rounds.get(RoundId.parse("emp-industry-2026-q3-r0"))).isNotNull();
    assertThat(schedules.get(SCHEDULE, OWNER).lastOutcome()).isEqualTo(StartOutcome.STARTED);

    startRound.handle(
        new StartRound.Command(PROJECT, new Period("2026-q4"), null, Trigger.PERSON, OWNER, null));
    EngineClock.stopAt("2027-01-15T06:00:00Z");
    awaitNextStart("2027-04-15T05:00:00Z");
    assertThat(schedules.get(SCHEDULE, OWNER).lastOutcome()).isEqualTo(StartOutcome.EXISTED);
    assertThat(schedules.get(SCHEDULE, OWNER).lastPeriod()).isEqualTo(new Period("2026-q4"));
  }

  private void onboard() {
    people.ensurePerson("rita", "Rita Requester", "", "secret of rita");
    people.ensurePerson("olga", "Olga Owner", "", "secret of olga");
    people.ensurePerson("anna", "Anna Admin", "", "secret of anna");
    people.ensureAdministrator("anna");
    var request =
        new RequestProject.Command(
            PROJECT,
            "Employment by industry",
            "Figures per quarter",
            "statistical-production",
            Map.of(),
            "olga",
            Classification.PUBLIC,
            REQUESTER);
    CallContext.of(REQUESTER).run(() -> requestProject.handle(request));
    var task = tasks.createTaskQuery().taskDefinitionKey("userTask_approveProject").singleResult();
    engine.as(
        ADMINISTRATOR, () -> tasks.complete(task.getId(), Map.of("approvalDecision", "approve")));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> projects.get(PROJECT, OWNER).state() == ProjectState.ACTIVE);
  }

  private void awaitNextStart(String moment) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(schedules.get(SCHEDULE, OWNER).nextStart()).isEqualTo(moment));
  }

  private static ScheduleRules quarterly() {
    return new ScheduleRules(
        "R/2026-10-15T07:00/P3M",
        ZoneId.of("Europe/Stockholm"),
        Set.of(),
        NonWorkingDays.NEXT_WORKING_DAY,
        0,
        MisfirePolicy.RUN_LATE,
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
