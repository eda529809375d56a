package org.balsam.process.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.balsam.audit.AuditEvent;
import org.balsam.audit.AuditLog;
import org.balsam.audit.AuditQuery;
import org.balsam.audit.RecordedEvent;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.process.engine.EngineFixture.Cast;
import org.camunda.bpm.engine.HistoryService;
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
import org.springframework.transaction.support.TransactionOperations;

@SpringBootTest(
    classes = EngineApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "balsam.processes.location=src/test/resources/fact-models",
      "camunda.bpm.job-execution.wait-time-in-millis=200",
      "camunda.bpm.job-execution.max-wait=200"
    })
@Import({EngineFactsTest.Fixture.class, EngineFactsTest.WorkDelegate.class})
class EngineFactsTest {

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

  /** Fails for the root instances that it is told. */
  @TestComponent("workDelegate")
  static class WorkDelegate implements JavaDelegate {

    final Set<String> failing = ConcurrentHashMap.newKeySet();

    @Override
    public void execute(DelegateExecution execution) {
      if (failing.contains(Instance.of(execution).root())) {
        throw new IllegalStateException("the disk is full");
      }
    }
  }

  @Autowired Cast cast;
  @Autowired EngineAccess engine;
  @Autowired TaskService tasks;
  @Autowired RuntimeService runtime;
  @Autowired HistoryService history;
  @Autowired AuditLog log;
  @Autowired WorkDelegate work;
  @Autowired TransactionOperations transaction;

  @Test
  void tellsWhatAnInstanceDidInOrder() {
    var instance = cast.start("facts", "ann");
    var subject = businessKey(instance);
    runtime.setVariable(instance, "evidence", "abc123");
    var task = cast.task(instance);
    engine.as(cast.actor("sam"), () -> tasks.claim(task, "sam"));
    cast.complete(
        instance,
        "sam",
        Map.of("factDecision", "go", "factReason", "it looks fine to me", "amount", 12));
    awaitEnd(instance);

    var events = events(subject);
    assertThat(events.stream().map(EngineFactsTest::line))
        .containsExactly(
            "process.started by ann",
            "task.created userTask_decide by ann",
            "task.claimed userTask_decide by sam",
            "task.completed userTask_decide by sam",
            "decision.evaluated businessRuleTask_judge by balsam",
            "activity.completed businessRuleTask_judge by balsam",
            "process.started by balsam",
            "activity.completed serviceTask_work by balsam",
            "process.ended by balsam",
            "activity.completed callActivity_child by balsam",
            "process.ended by balsam");
    var completed = events.get(3).event();
    assertThat(completed.details())
        .isEqualTo(
            "{\"decision\":\"go\",\"evidence\":\"abc123\",\"fields\":{\"amount\":12},\"task\":\""
                + task
                + "\"}");
    assertThat(events.get(3).reason()).isEqualTo("it looks fine to me");
    assertThat(completed.leaf()).doesNotContain("looks fine");
    assertThat(completed.groups()).isEqualTo("[\"alpha/subject\"]");
    assertThat(completed.project()).isEqualTo("alpha");
    assertThat(completed.processInstance()).isEqualTo(instance);
    assertThat(events.get(4).event().details())
        .contains("{\"clause\":\"amount\",\"value\":12}")
        .contains("\"name\":\"size\"", "\"value\":\"large\"");
    assertThat(events.get(0).event().details()).contains("\"definition\":\"facts:1:");
  }

  @Test
  void tellsNothingOfWhatWasRolledBack() {
    var instance = cast.start("facts", "ann");
    var subject = businessKey(instance);
    var before = events(subject).size();
    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      cast.complete(instance, "sam", Map.of("factDecision", "go", "amount", 1));
                      throw new IllegalStateException("something after it failed");
                    }))
        .hasMessage("something after it failed");
    assertThat(events(subject)).hasSize(before);
    assertThat(cast.activity(instance)).isEqualTo("userTask_decide");
  }

  @Test
  void tellsEachFailureOfAJobAndTheIncident() {
    var instance = cast.start("facts", "ann");
    var subject = businessKey(instance);
    work.failing.add(instance);
    cast.complete(instance, "sam", Map.of("factDecision", "go", "amount", 1));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> lines(subject).contains("incident.opened serviceTask_work by balsam"));
    var failures = events(subject).stream().filter(this::isFailure).map(RecordedEvent::event);
    assertThat(failures)
        .hasSize(2)
        .allSatisfy(
            failure -> {
              assertThat(failure.outcome()).isEqualTo("failed");
              assertThat(failure.activity()).isEqualTo("serviceTask_work");
              assertThat(failure.details()).contains("the disk is full");
            });
    work.failing.remove(instance);
    engine.asSystem(() -> runtime.deleteProcessInstance(instance, "given up"));
    assertThat(lines(subject))
        .contains("process.cancelled by balsam", "incident.deleted serviceTask_work by balsam");
  }

  @Test
  void tellsThatHistoryWasRemovedAndKeepsWhatItSaid() {
    var instance = cast.start("facts", "ann");
    var subject = businessKey(instance);
    cast.complete(instance, "sam", Map.of("factDecision", "go", "amount", 1));
    awaitEnd(instance);
    var before = events(subject);
    history.deleteHistoricProcessInstance(instance);
    assertThat(history.createHistoricProcessInstanceQuery().processInstanceId(instance).count())
        .isZero();
    assertThat(events(subject)).isEqualTo(before);
    assertThat(removals()).anySatisfy(event -> assertThat(event.details()).contains(instance));
  }

  @Test
  void tellsCommentsAndOperationsOfAdministrators() {
    var instance = cast.start("facts", "ann");
    var subject = businessKey(instance);
    engine.as(
        cast.actor("adm"),
        () -> {
          runtime.suspendProcessInstanceById(instance);
          runtime.activateProcessInstanceById(instance);
        });
    var task = cast.task(instance);
    engine.as(cast.actor("adm"), () -> tasks.setAssignee(task, "sam"));
    engine.as(cast.actor("sam"), () -> tasks.createComment(task, instance, "secret thoughts"));
    assertThat(lines(subject))
        .contains(
            "operation.process-instance.suspend by adm",
            "operation.process-instance.activate by adm",
            "task.assigned userTask_decide by adm");
    var comments = log.find(new AuditQuery(null, null, null, "comment.added", null, null), null, 9);
    assertThat(comments.items())
        .anySatisfy(
            comment -> {
              assertThat(comment.event().actor()).isEqualTo("sam");
              assertThat(comment.event().details()).contains(task).doesNotContain("secret");
            });
  }

  private boolean isFailure(RecordedEvent recorded) {
    return recorded.event().action().equals("engine.job.failed");
  }

  private List<AuditEvent> removals() {
    var query = new AuditQuery(null, null, null, "history.removed", null, null);
    return log.find(query, null, 50).items().stream().map(RecordedEvent::event).toList();
  }

  private String businessKey(String instance) {
    return engine.asSystem(
        () ->
            history
                .createHistoricProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getBusinessKey());
  }

  private void awaitEnd(String instance) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                engine.asSystem(
                    () ->
                        runtime.createProcessInstanceQuery().processInstanceId(instance).count()
                            == 0));
  }

  /** Oldest first. */
  private List<RecordedEvent> events(String subject) {
    var query = new AuditQuery(Set.of("alpha"), subject, null, null, null, null);
    var found = new java.util.ArrayList<>(log.find(query, null, 200).items());
    java.util.Collections.reverse(found);
    return found;
  }

  private String lines(String subject) {
    return events(subject).stream().map(EngineFactsTest::line).collect(joining("\n"));
  }

  private static String line(RecordedEvent recorded) {
    var event = recorded.event();
    var activity = event.activity() == null ? "" : " " + event.activity();
    return event.action() + activity + " by " + event.actor();
  }
}
