package org.balsam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RoundApiTest extends ApiTestBase {

  @Autowired Forge forge;

  @Test
  void startsARoundAndShowsIt() {
    var started = startRound("subject", "1999-q1");
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    var location = PATH + "/rounds/emp-secret-1999-q1-r0";
    assertThat(started.header("Location")).isEqualTo(location);
    var round = api.get("auditor", location);
    assertThat(round.status()).isEqualTo(200);
    assertThat(round.json().path("requestedBy").asText()).isEqualTo("subject");
    assertThat(round.json().path("requestedAt").asText()).endsWith("Z");

    await(() -> api.get("owner", location).json().path("state").asText().equals("waiting"));
    var timeline = api.get("auditor", location + "/timeline?limit=200").json();
    assertThat(timeline.path("items").findValuesAsText("action")).contains("round.requested");
    saysToEverybodyWhomItWaitsFor(location);

    assertThat(api.get("owner", location + "/evidence").status()).isEqualTo(404);
    var noStep = location + "/steps/emp-secret-1999-q1-r0-g54-impute-a1b2/log";
    assertThat(api.get("owner", noStep).status()).isEqualTo(404);
    assertThat(api.get("owner", location + "/steps/..%2F/log").status()).isEqualTo(400);
  }

  /** The auditor has no task there. */
  private void saysToEverybodyWhomItWaitsFor(String location) {
    var round = location.substring(location.lastIndexOf('/') + 1);
    await(() -> taskOf("subject", round) != null);
    var awaited = api.get("auditor", location + "/course").json().path("awaited");
    assertThat(awaited).hasSize(1);
    assertThat(awaited.at("/0/activity").asText()).isEqualTo("userTask_confirmInputs");
    assertThat(awaited.at("/0/name").asText()).startsWith("Confirm inputs");
    assertThat(awaited.at("/0/candidates"))
        .extracting(group -> group.asText())
        .containsExactly("emp-secret/owner", "emp-secret/subject");
    assertThat(awaited.at("/0").has("assignee")).isFalse();
    var claimed = "/api/v1/tasks/" + taskOf("subject", round) + "/claim";
    assertThat(api.post("subject", claimed, "").status()).isEqualTo(204);
    assertThat(api.get("auditor", location + "/course").json().at("/awaited/0/assignee").asText())
        .isEqualTo("subject");
  }

  @Test
  void repeatsAStartWithTheSameKey() {
    var body = "{\"period\":\"1999-q2\"}";
    var first = api.post("owner", PATH + "/rounds", body, "Idempotency-Key", "round-1");
    var again = api.post("owner", PATH + "/rounds", body, "Idempotency-Key", "round-1");
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    var refused = startRound("owner", "1999-q2");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("already-exists");
  }

  @Test
  void ofThirtyTwoSimultaneousStartsOneWins() throws Exception {
    var statuses = together(32, () -> startRound("owner", "1999-q3").status());
    assertThat(statuses.get(201)).isEqualTo(1);
    assertThat(statuses.get(409)).isEqualTo(31);
  }

  @Test
  void ofThirtyTwoSimultaneousStartsWithOneKeyOneStarts() throws Exception {
    var body = "{\"period\":\"1998-q1\"}";
    var statuses =
        together(
            32,
            () -> api.post("owner", PATH + "/rounds", body, "Idempotency-Key", "storm").status());
    assertThat(statuses.keySet()).isSubsetOf(201, 409);
    assertThat(statuses.get(201)).isGreaterThanOrEqualTo(1);
    assertThat(api.get("owner", PATH + "/rounds?period=1998-q1").json().path("items")).hasSize(1);
  }

  @Test
  void refusesWhatIsNoPeriodOfTheProduct() {
    for (var period : new String[] {"2026-q5", "2026-13", "x", "2026-w54", ""}) {
      var refused = startRound("owner", period);
      assertThat(refused.status()).as(period).isEqualTo(400);
      assertThat(refused.where()).isEqualTo("/period");
      assertThat(refused.text()).contains("allowed");
    }
    assertThat(startRound("owner", "2026-07").status()).as("a month").isEqualTo(400);
    assertThat(api.post("owner", PATH + "/rounds", "{}").where()).isEqualTo("/period");
    assertThat(api.post("owner", PATH + "/rounds", "").status()).isEqualTo(400);
  }

  @Test
  void refusesByNameASettingThatThePolicyOfTheTemplateDoesNotAllow() {
    var project = new ProjectId(OTHER);
    var main = forge.resolve(project, "main").orElseThrow();
    var file = new String(forge.read(project, main, "balsam.yaml").orElseThrow(), UTF_8);
    var wider = file.replace("inputs: [ces]\n", "inputs: [ces]\n        network: internet\n");
    var author = new Forge.Author("Outsider", "outsider@example.org");
    var commit =
        forge.commit(
            project,
            "main",
            new Forge.Change(
                Map.of("balsam.yaml", wider.getBytes(UTF_8)), "reach the internet", author, true));
    forge.ensureTag(project, "mth/v1.1.0", commit, "wider", author);

    var refused =
        api.post(OUTSIDER, "/api/v1/projects/" + OTHER + "/rounds", "{\"period\":\"1996-q1\"}");

    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.text())
        .contains(
            "the setting 'stages.0.steps.0.network' is 'internet'",
            "the template 'statistical-production'",
            "allowed: offline, internal");
    forge.ensureTag(project, "mth/v1.2.0", main, "as before", author);
    assertThat(
            api.post(OUTSIDER, "/api/v1/projects/" + OTHER + "/rounds", "{\"period\":\"1996-q1\"}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void onlyCertainRolesStart() {
    assertThat(startRound("auditor", "1997-q1").status()).isEqualTo(403);
    assertThat(startRound("quality", "1997-q1").status()).isEqualTo(403);
    assertThat(startRound(OUTSIDER, "1997-q1").status()).isEqualTo(404);
    assertThat(api.send(null, "POST", PATH + "/rounds", "{}").status()).isEqualTo(401);
    assertThat(api.get("owner", PATH + "/rounds?period=1997-q1").json().path("items")).isEmpty();
  }

  @Test
  void filtersAndPagesRounds() {
    startRound("owner", "1996-q1");
    startRound("owner", "1996-q2");
    var cancelled = PATH + "/rounds/emp-secret-1996-q1-r0";
    cancel(cancelled);
    var some = api.get("owner", PATH + "/rounds?state=cancelled&limit=200").json();
    assertThat(some.path("items").findValuesAsText("state")).containsOnly("cancelled");
    assertThat(some.path("items").findValuesAsText("id")).contains("emp-secret-1996-q1-r0");
    var first = api.get("owner", PATH + "/rounds?limit=1").json();
    var next = api.get("owner", PATH + "/rounds?limit=1&cursor=" + first.path("next").asText());
    assertThat(next.json().at("/items/0/id")).isNotEqualTo(first.at("/items/0/id"));
    assertThat(api.get("owner", PATH + "/rounds?state=sleeping").status()).isEqualTo(400);
    for (var list : List.of("rounds", "trainings", "schedules", "models")) {
      var refused = api.get("owner", PATH + "/" + list + "?cursor=!");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().at("/problems/0/where").asText()).isEqualTo("cursor");
    }
    assertThat(api.get("owner", "/api/v1/nothing/here").json().path("detail").asText())
        .isEqualTo("there is no such address; /swagger-ui.html lists those that there are");
  }

  @Test
  void cancelsOnlyWithAReasonAndOnlyOnce() {
    startRound("owner", "1995-q1");
    var path = PATH + "/rounds/emp-secret-1995-q1-r0";
    assertThat(api.post("owner", path + "/cancel", "{}").where()).isEqualTo("/reason");
    assertThat(api.post("owner", path + "/cancel", "{\"reason\":\" \"}").status()).isEqualTo(422);
    assertThat(api.post("quality", path + "/cancel", "{\"reason\":\"x\"}").status()).isEqualTo(403);
    assertThat(api.post(OUTSIDER, path + "/cancel", "{\"reason\":\"x\"}").status()).isEqualTo(404);
    cancel(path);
    var again = api.post("owner", path + "/cancel", "{\"reason\":\"again\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("wrong-state");
    assertThat(api.post("owner", path + "/withdraw", "{\"reason\":\"x\"}").status()).isEqualTo(409);
    assertThat(
            api.post(
                    "owner",
                    path + "/postpone",
                    "{\"reason\":\"x\",\"releaseAt\":\"2030-01-01T00:00:00Z\"}")
                .status())
        .isEqualTo(409);
    assertThat(
            api.post("owner", path + "/revise", "{\"reason\":\"x\",\"type\":\"routine\"}").status())
        .isEqualTo(409);
    assertThat(api.post("owner", path + "/revise", "{\"reason\":\"x\",\"type\":\"big\"}").where())
        .isEqualTo("/type");
  }

  @Test
  void aRoundIsFoundOnlyUnderItsOwnProject() {
    startRound("owner", "1994-q1");
    var foreign = "/api/v1/projects/emp-other/rounds/emp-secret-1994-q1-r0";
    assertThat(api.get(OUTSIDER, foreign).status()).isEqualTo(404);
    assertThat(api.get("owner", PATH + "/rounds/emp-secret-1993-q1-r0").status()).isEqualTo(404);
    assertThat(api.get("owner", PATH + "/rounds/nonsense").status()).isEqualTo(400);
  }

  @Test
  void takesDeliveriesAndFreezesThem() {
    var file = PATH + "/datasets/raw/ces/objects/part.csv?period=1993-01";
    var csv = "month,nonfarm\n1993-01-01,1\n";
    var stored = put("subject", file, csv);
    assertThat(stored.status()).as(stored.text()).isEqualTo(200);
    var again = put("subject", file, csv);
    assertThat(again.json().path("versionId")).isEqualTo(stored.json().path("versionId"));
    assertThat(stored.json().path("rows").asInt()).isEqualTo(1);
    var takes = PATH + "/deliverable-datasets";
    assertThat(api.get("auditor", takes).text()).contains("raw/ces", "month");
    assertThat(api.get(OUTSIDER, takes).status()).isEqualTo(404);

    assertThat(put("auditor", file, csv).status()).isEqualTo(403);
    assertThat(put(OUTSIDER, file, csv).status()).isEqualTo(404);
    assertThat(put("subject", file.replace("/raw/", "/out/"), csv).status()).isEqualTo(403);
    assertThat(put("subject", file.replace("/raw/", "/mud/"), csv).status()).isEqualTo(400);
    assertThat(put("subject", file.replace("part.csv", "..%5Cx"), csv).status()).isEqualTo(400);
    assertThat(put("subject", file.replace("1993-01", "1993-99"), csv).status()).isEqualTo(400);
    assertThat(put("subject", file.replace("?period=1993-01", ""), csv).status()).isEqualTo(400);
    assertThat(put("subject", file, "a,b\n\"never closed").status()).isEqualTo(400);
    assertThat(api.get("auditor", PATH + "/datasets").status()).isEqualTo(200);
    assertThat(api.get(OUTSIDER, PATH + "/datasets").status()).isEqualTo(404);
  }

  @Test
  void completesATaskOnce() throws Exception {
    startRound("owner", "1992-q1");
    await(() -> taskOf("owner", "emp-secret-1992-q1-r0") != null);
    var task = "/api/v1/tasks/" + taskOf("owner", "emp-secret-1992-q1-r0");
    var detail = api.get("owner", task).json();
    assertThat(detail.at("/task/activity").asText()).isEqualTo("userTask_confirmInputs");
    assertThat(detail.path("form").asText()).contains("inputsDecision");
    assertThat(api.get(OUTSIDER, task).status()).isEqualTo(404);
    assertThat(api.post("owner", task + "/claim", "").status()).isEqualTo(204);
    assertThat(api.post("owner", task + "/claim", "").status()).as("again").isEqualTo(204);
    assertThat(api.post("subject", task + "/claim", "").status()).isEqualTo(409);
    assertThat(api.post("owner", task + "/unclaim", "").status()).isEqualTo(204);
    var nan = "{\"variables\":{\"inputsDecision\":NaN}}";
    assertThat(api.post("owner", task + "/complete", nan).where())
        .isEqualTo("/variables/inputsDecision");
    var cancel =
        "{\"variables\":{\"inputsDecision\":\"cancel\",\"inputsReason\":\"no data this quarter\"}}";
    assertThat(together(8, () -> api.post("owner", task + "/complete", cancel).status()))
        .isEqualTo(java.util.Map.of(204, 1, 409, 7));
    var second = api.post("owner", task + "/complete", cancel);
    assertThat(second.status()).as(second.text()).isEqualTo(409);
    assertThat(second.code()).isEqualTo("task-gone");
  }

  private ApiFixture.Reply put(String person, String path, String content) {
    return api.send(person, "PUT", path, BodyPublishers.ofString(content), "text/csv");
  }

  private void cancel(String round) {
    await(() -> api.get("owner", round).json().path("state").asText().equals("waiting"));
    var done = api.post("owner", round + "/cancel", "{\"reason\":\"a test\"}");
    assertThat(done.status()).as(done.text()).isEqualTo(204);
    await(() -> api.get("owner", round).json().path("state").asText().equals("cancelled"));
  }

  /** How many of the simultaneous calls ended with which status. */
  private static java.util.Map<Integer, Integer> together(int calls, Callable<Integer> call)
      throws Exception {
    var barrier = new CyclicBarrier(calls);
    var threads = Executors.newFixedThreadPool(calls);
    try {
      var running =
          IntStream.range(0, calls)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            barrier.await();
                            return call.call();
                          }))
              .toList();
      var statuses = new java.util.ArrayList<Integer>();
      for (var one : running) {
        statuses.add(one.get());
      }
      return statuses.stream()
          .collect(Collectors.groupingBy(status -> status, Collectors.summingInt(status -> 1)));
    } finally {
      threads.shutdownNow();
    }
  }
}
