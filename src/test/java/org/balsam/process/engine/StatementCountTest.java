package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.process.engine.EngineFixture.Cast;
import org.balsam.testing.SentStatements;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * How many statements a claim, a completion and a service task cost with guards and audit trail.
 * Higher numbers mean that something reads again what is known, or writes more than once; see
 * docs/performance.md before raising one.
 */
@SpringBootTest(
    classes = EngineApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "balsam.processes.location=src/test/resources/statement-models",
      "camunda.bpm.job-execution.enabled=false"
    })
@Import({StatementCountTest.Fixture.class, StatementCountTest.WorkDelegate.class})
class StatementCountTest {

  @TestConfiguration
  @ComponentScan("org.balsam.audit")
  static class Fixture {

    @Bean
    Cast cast(
        EmbeddedPeople people,
        Directory directory,
        EngineAccess engine,
        RuntimeService runtime,
        TaskService tasks) {
      return new Cast(people, directory, engine, runtime, tasks);
    }
  }

  /** Does nothing. */
  @TestComponent("workDelegate")
  static class WorkDelegate implements JavaDelegate {

    @Override
    public void execute(DelegateExecution execution) {
      // only what is around it is counted
    }
  }

  @Autowired Cast cast;
  @Autowired EngineAccess engine;
  @Autowired TaskService tasks;
  @Autowired ManagementService management;

  @Test
  void staysAsItIs() {
    play(); // models are parsed, forms and types are known from now on
    assertThat(play())
        .containsExactly(
            Map.entry("service task", 16),
            Map.entry("service task that leads to a user task", 22),
            Map.entry("claim", 16),
            Map.entry("completion", 28),
            Map.entry("claim of a task that excludes a person", 17),
            Map.entry("completion of a task that excludes a person", 28));
  }

  private Map<String, Integer> play() {
    var counts = new LinkedHashMap<String, Integer>();
    var instance = cast.start("counted", "ann");
    counts.put("service task", work(instance));
    counts.put("service task that leads to a user task", work(instance));
    var prepare = cast.task(instance);
    counts.put("claim", as("sam", () -> tasks.claim(prepare, "sam")));
    counts.put("completion", as("sam", () -> tasks.complete(prepare, Map.of("preparation", "go"))));
    work(instance);
    var review = cast.task(instance);
    counts.put(
        "claim of a task that excludes a person", as("bob", () -> tasks.claim(review, "bob")));
    counts.put(
        "completion of a task that excludes a person",
        as("bob", () -> tasks.complete(review, Map.of("review", "approve"))));
    work(instance);
    return counts;
  }

  private int as(String person, Runnable work) {
    var actor = cast.actor(person);
    return SentStatements.during(() -> engine.as(actor, work));
  }

  private int work(String instance) {
    return engine.asSystem(
        () -> {
          var job = management.createJobQuery().processInstanceId(instance).singleResult().getId();
          return SentStatements.during(() -> management.executeJob(job));
        });
  }
}
