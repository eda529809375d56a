package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.balsam.kernel.BalsamHome;
import org.balsam.process.engine.EngineAccess;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Incidents by cause, another attempt, and what projects store, as an operator has them. */
class OperationsApiTest extends ApiTestBase {

  private static final String INCIDENTS = "/api/v1/platform/incidents";
  private static final String RETRY = INCIDENTS + "/retry";
  private static final String STORAGE = "/api/v1/platform/storage";

  @Autowired EngineAccess engine;
  @Autowired ManagementService management;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired JdbcClient database;
  @Autowired BalsamHome home;

  @Test
  void whatFailedForOneReasonIsOneCauseAndGoesOnAfterwards() throws IOException {
    var data = raw();
    var away = data.resolveSibling("away");
    var rounds = List.of(P + "-1985-q1-r0", P + "-1985-q2-r0");
    Files.move(data, away);
    try {
      rounds.forEach(
          round -> {
            start(round);
            fail(round);
          });
      var cause = causeOf(rounds.get(0));
      assertThat(cause.path("count").asInt()).isEqualTo(2);
      assertThat(cause.path("cause").asText()).isNotEmpty().doesNotContain("1985");
      assertThat(subjects(cause)).containsExactlyInAnyOrderElementsOf(rounds);
      var stopped = cause.at("/incidents/0");
      assertThat(stopped.path("project").asText()).isEqualTo(P);
      assertThat(stopped.path("process").asText()).isEqualTo("statisticalRound");
      assertThat(stopped.path("activity").asText()).startsWith("serviceTask_");
      assertThat(stopped.path("retryable").asBoolean()).isTrue();
    } finally {
      Files.move(away, data);
    }
    var ids = ids(causeOf(rounds.get(0)));
    var answer = api.post(ADMIN, RETRY, body(ids));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().findValuesAsText("outcome")).containsExactly("queued", "queued");
    rounds.forEach(round -> await(() -> taskOf("owner", round) != null));
    assertThat(causeOf(rounds.get(0))).isNull();
    var again = api.post(ADMIN, RETRY, body(ids)).json();
    assertThat(again.findValuesAsText("outcome")).containsExactly("gone", "gone");
    assertThat(recorded("operation.job.set-job-retries")).contains(ADMIN);
    assertThat(recorded("incident.resolved")).isNotEmpty();
  }

  @Test
  void whatIsNotAboutAJobIsShownAndNotTriedAgain() {
    var round = P + "-1986-q1-r0";
    start(round);
    await(() -> taskOf("owner", round) != null);
    var incident =
        engine.asSystem(
            () -> {
              var waiting =
                  tasks.createTaskQuery().processInstanceBusinessKey(round).singleResult();
              return runtime.createIncident(
                  "byHand", waiting.getExecutionId(), null, "somebody has to look");
            });
    try {
      var cause = causeOf(round);
      assertThat(cause.path("cause").asText()).isEqualTo("somebody has to look");
      assertThat(cause.at("/incidents/0/retryable").asBoolean()).isFalse();
      var answer = api.post(ADMIN, RETRY, body(List.of(incident.getId(), incident.getId())));
      assertThat(answer.json().findValuesAsText("outcome")).containsExactly("not-a-job");
    } finally {
      engine.asSystem(() -> runtime.resolveIncident(incident.getId()));
    }
  }

  @Test
  void onlyAdministratorsOfThePlatformLookAndTryAgain() {
    for (var person : List.of("owner", "auditor", OUTSIDER)) {
      assertThat(api.get(person, INCIDENTS).status()).as(person).isEqualTo(403);
      assertThat(api.post(person, RETRY, body(List.of("x"))).status()).as(person).isEqualTo(403);
      assertThat(api.get(person, STORAGE).status()).as(person).isEqualTo(403);
    }
  }

  @Test
  void whatIsAskedForWronglyIsNamed() {
    assertThat(api.post(ADMIN, RETRY, body(List.of())).where()).isEqualTo("/incidents");
    assertThat(api.post(ADMIN, RETRY, "{\"incidents\":[null]}").status()).isEqualTo(400);
    assertThat(api.post(ADMIN, RETRY, "{}").status()).isEqualTo(400);
    var tooMany = new ArrayList<String>();
    for (var number = 0; number < 201; number++) {
      tooMany.add("i" + number);
    }
    assertThat(api.post(ADMIN, RETRY, body(tooMany)).where()).isEqualTo("/incidents");
    assertThat(api.get(ADMIN, STORAGE + "?limit=0").status()).isEqualTo(400);
    assertThat(api.get(ADMIN, STORAGE + "?cursor=%20").status()).isEqualTo(400);
  }

  @Test
  void theStorageOfProjectsComesInPagesWithTheirQuotas() {
    var quota = PATH + "/storage-quota";
    assertThat(api.send(ADMIN, "PUT", quota, "{\"bytes\":987654321}").status()).isEqualTo(200);
    try {
      var all = new ArrayList<JsonNode>();
      var next = "";
      do {
        var page = api.get(ADMIN, STORAGE + "?limit=1" + next).json();
        page.path("items").forEach(all::add);
        next = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : null;
      } while (next != null);
      var ids = all.stream().map(item -> item.path("project").asText()).toList();
      assertThat(ids).contains(P, OTHER).isSorted().doesNotHaveDuplicates();
      var stored = all.get(ids.indexOf(P)).path("storage");
      var alone = api.get(ADMIN, PATH).json().path("storage");
      assertThat(stored.path("quotaBytes").asLong()).isEqualTo(987654321L);
      assertThat(stored.path("usedBytes")).isEqualTo(alone.path("usedBytes"));
      assertThat(all.get(ids.indexOf(OTHER)).path("storage").has("quotaBytes")).isFalse();
    } finally {
      api.send(ADMIN, "PUT", quota, "{\"bytes\":null}");
    }
  }

  private void start(String round) {
    var started = startRound("owner", round.substring(P.length() + 1, round.length() - 3));
    assertThat(started.status()).as(started.text()).isEqualTo(201);
  }

  /** Makes the attempts at once that the engine would make over a minute. */
  private void fail(String round) {
    await(
        () -> {
          var job =
              engine.asSystem(
                  () ->
                      management
                          .createJobQuery()
                          .processInstanceId(instance(round))
                          .withException()
                          .singleResult());
          if (job == null) {
            return false;
          }
          engine.asSystem(() -> management.setJobRetries(job.getId(), 0));
          return true;
        });
  }

  /** Where the deliveries are. */
  private Path raw() throws IOException {
    try (var buckets = Files.list(home.resolve("objects"))) {
      return buckets
          .filter(bucket -> bucket.getFileName().toString().endsWith(P + "-raw"))
          .findFirst()
          .orElseThrow();
    }
  }

  private String instance(String round) {
    return runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(round)
        .singleResult()
        .getId();
  }

  /** The cause that stops a round; null when it goes on. */
  private JsonNode causeOf(String round) {
    var causes = api.get(ADMIN, INCIDENTS).json().path("causes");
    return StreamSupport.stream(causes.spliterator(), false)
        .filter(cause -> subjects(cause).contains(round))
        .findFirst()
        .orElse(null);
  }

  private static List<String> subjects(JsonNode cause) {
    return cause.path("incidents").findValuesAsText("subject");
  }

  private static List<String> ids(JsonNode cause) {
    return cause.path("incidents").findValuesAsText("id");
  }

  private static String body(List<String> incidents) {
    return incidents.stream()
        .collect(Collectors.joining("\",\"", "{\"incidents\":[\"", "\"]}"))
        .replace("[\"\"]", "[]");
  }

  private List<String> recorded(String action) {
    return database
        .sql("select actor from audit_event where action = :action")
        .param("action", action)
        .query(String.class)
        .list();
  }
}
