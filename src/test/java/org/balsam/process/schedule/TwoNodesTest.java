package org.balsam.process.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.balsam.Balsam;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.balsam.platform.database.DatabaseAccess;
import org.balsam.testing.EngineClock;
import org.balsam.testing.TestDatabase;
import org.balsam.usecase.round.StartRound;
import org.balsam.usecase.schedule.CreateSchedule;
import org.balsam.usecase.schedule.MisfirePolicy;
import org.balsam.usecase.schedule.NonWorkingDays;
import org.balsam.usecase.schedule.ScheduleId;
import org.balsam.usecase.schedule.ScheduleRules;
import org.balsam.usecase.schedule.Schedules;
import org.balsam.usecase.schedule.StartOutcome;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Two servers on one database, with running job executors and a moved clock. */
class TwoNodesTest {

  private static final int SCHEDULES = 12;
  private static final ProjectId PROJECT = new ProjectId("emp-industry");
  private static final Actor OWNER = Actor.user("olga", Set.of("emp-industry/owner"));

  private final ConcurrentLinkedQueue<StartRound.Command> started = new ConcurrentLinkedQueue<>();
  private final Map<String, CountDownLatch> working =
      Map.of("one", new CountDownLatch(1), "two", new CountDownLatch(1));
  @TempDir Path home;
  private final DatabaseAccess database = TestDatabase.create();
  private ConfigurableApplicationContext first;
  private ConfigurableApplicationContext second;

  @BeforeEach
  void startTwoNodes() {
    EngineClock.stopAt("2026-10-01T00:00:00Z");
    first = node("one");
    second = node("two");
  }

  @AfterEach
  void stopBoth() {
    ClockUtil.reset();
    second.close();
    first.close();
  }

  @Test
  void startEachRoundOnce() {
    for (int i = 0; i < SCHEDULES; i++) {
      first
          .getBean(CreateSchedule.class)
          .handle(new CreateSchedule.Command(schedule(i), quarterly(), OWNER));
    }
    awaitTimers();

    EngineClock.stopAt("2026-10-15T05:00:00Z");
    awaitStarts(SCHEDULES);
    awaitTimers();
    EngineClock.stopAt("2027-01-15T06:00:00Z");
    awaitStarts(2 * SCHEDULES);
    awaitTimers();

    assertThat(started).hasSize(2 * SCHEDULES).doesNotHaveDuplicates();
    assertThat(started)
        .extracting(start -> start.actor().id() + " " + start.period())
        .contains("emp-industry-q0 2026-q3", "emp-industry-q0 2026-q4");
    assertThat(incidents()).isZero();
    assertThat(second.getBean(Schedules.class).page(PROJECT, null, 200, OWNER).items())
        .hasSize(SCHEDULES)
        .allSatisfy(
            view -> {
              assertThat(view.nextStart()).isEqualTo("2027-04-15T05:00:00Z");
              assertThat(view.lastPeriod()).isEqualTo(new Period("2026-q4"));
              assertThat(view.lastOutcome()).isEqualTo(StartOutcome.STARTED);
            });
  }

  private void awaitStarts(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(started).hasSizeGreaterThanOrEqualTo(count));
  }

  /** Every schedule waits for its next start again and nothing else is to do. */
  private void awaitTimers() {
    var jobs = first.getBean(ManagementService.class);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(
                      jobs.createJobQuery()
                          .timers()
                          .duedateHigherThan(ClockUtil.getCurrentTime())
                          .count())
                  .isEqualTo(SCHEDULES);
              assertThat(jobs.createJobQuery().messages().count()).isZero();
            });
  }

  private long incidents() {
    return first.getBean(RuntimeService.class).createIncidentQuery().count();
  }

  private static ScheduleId schedule(int number) {
    return new ScheduleId(PROJECT, "q" + number);
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

  private ConfigurableApplicationContext node(String name) {
    return new SpringApplicationBuilder(Balsam.class)
        .initializers(context -> replace(name, (GenericApplicationContext) context))
        .run(
            "--balsam.home=" + home.resolve(name),
            "--balsam.database.type=external",
            "--balsam.database.external.url=" + database.url(),
            "--balsam.database.external.username=" + database.user(),
            "--balsam.database.external.password=" + database.password(),
            "--balsam.database.external.owner-username=" + database.owner(),
            "--balsam.database.external.owner-password=" + database.ownerPassword(),
            "--balsam.audit.node=" + name,
            "--balsam.audit.key=" + home.resolve("key").toAbsolutePath(),
            "--server.port=0",
            "--camunda.bpm.process-engine-name=node-" + name,
            "--camunda.bpm.generic-properties.properties.hostname=node-" + name,
            "--camunda.bpm.job-execution.wait-time-in-millis=100",
            "--camunda.bpm.job-execution.max-wait=300",
            "--camunda.bpm.job-execution.max-pool-size=3",
            "--camunda.bpm.job-execution.queue-capacity=3");
  }

  private void replace(String node, GenericApplicationContext context) {
    context.registerBean(
        "engineClock", Clock.class, EngineClock::new, definition -> definition.setPrimary(true));
    context.registerBean(
        "startRoundReplacement",
        BeanPostProcessor.class,
        () ->
            new BeanPostProcessor() {
              @Override
              public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof StartRound ? recording(node) : bean;
              }
            });
  }

  /** Lets no start pass before both nodes are at work, so that they really compete. */
  private StartRound recording(String node) {
    var startRound = mock(StartRound.class);
    when(startRound.handle(any()))
        .thenAnswer(
            call -> {
              StartRound.Command command = call.getArgument(0);
              working.get(node).countDown();
              for (var latch : working.values()) {
                assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
              }
              started.add(command);
              return new StartRound.Result(new RoundId(command.project(), command.period(), 0));
            });
    return startRound;
  }
}
