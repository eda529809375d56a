package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What people try who want a model, or the wrong model in use: over HTTP, against all parts. */
class ModelAttackTest extends ModelTestBase {

  private static final ProjectId THEIRS = new ProjectId(OTHER);
  private static final String THEIR_PATH = "/api/v1/projects/" + OTHER;

  @Autowired BalsamHome home;

  @Test
  void aModelOfTheSameNameInAnotherProjectIsOutOfReach() {
    train(THEIRS, 0, 3);
    var theirs =
        registry.find(THEIRS, registry.versions(THEIRS, name, 1, null).items().get(0).id());
    var softly = new SoftAssertions();
    for (var route : RouteFixture.all()) {
      if (route.pattern().startsWith("/api/") && route.pattern().contains("/models")) {
        var reply = call("owner", route, THEIR_PATH);
        softly.assertThat(reply.status()).as(route.key()).isEqualTo(404);
        softly
            .assertThat(reply.text())
            .as(route.key())
            .doesNotContain("weights", "1.0.2", theirs.orElseThrow().artefact().value());
        softly.assertThat(call(ADMIN, route, PATH).status()).as(route.key()).isIn(403, 404);
      }
    }
    softly.assertAll();
    assertThat(api.get("owner", PATH + "/models?limit=200").text())
        .doesNotContain("\"" + name + "@1.0.2\"");
    assertThat(api.get("owner", path + "/versions/1.0.2/files/model.onnx").status()).isEqualTo(404);
  }

  @Test
  void aForeignRollbackIsNeitherReadNorDecided() {
    train(THEIRS, 0, 2);
    var asked =
        api.post(OUTSIDER, THEIR_PATH + "/models/" + name + "/rollback", "{\"reason\":\"theirs\"}");
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    var id = asked.json().path("id").asText();
    for (var person : List.of("owner", "quality", ADMIN)) {
      assertThat(api.get(person, path + "/rollbacks/" + id).status()).isIn(403, 404);
      assertThat(taskOf(person, id)).as(person).isNull();
    }
    directory.setRoles(THEIRS, "auditor", Set.of(Role.AUDITOR));
    var other = "/models/" + name + "x/rollbacks/" + id;
    assertThat(api.get(OUTSIDER, THEIR_PATH + other).status()).isEqualTo(404);
    await(() -> taskOf(OUTSIDER, id) != null);
    var task = taskOf(OUTSIDER, id);
    for (var person : List.of("owner", "auditor")) {
      var done = "{\"variables\":{\"rollbackDecision\":\"approve\"}}";
      assertThat(api.post(person, "/api/v1/tasks/" + task + "/complete", done).status())
          .as(person)
          .isIn(403, 404);
    }
    directory.setRoles(THEIRS, "auditor", Set.of());
  }

  @Test
  void aVersionThatIsChampionElsewhereOnlyIsNoTarget() {
    train(THEIRS, 0, 3);
    var mine = candidate(PROJECT, 2);
    assertThat(mine.id().label()).isEqualTo("1.0.2");
    var refused = rollback("owner", "{\"reason\":\"x\",\"target\":\"" + name + "@1.0.2\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("never was champion");
  }

  @Test
  void ofManyWhoAskAtOnceOneIsHeardAndAnEmergencyIsNotKeptWaiting() throws Exception {
    var replies = atOnce(8, number -> rollback("quality", "{\"reason\":\"r" + number + "\"}"));
    assertThat(replies).extracting(ApiFixture.Reply::status).containsOnly(201, 409);
    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status() == 409)
        .allSatisfy(reply -> assertThat(reply.text()).contains("already-exists", "is open"));
    var asked = replies.stream().filter(reply -> reply.status() == 201).findFirst().orElseThrow();

    var alarms =
        atOnce(8, number -> rollback("production", "{\"reason\":\"alarm\",\"emergency\":true}"));
    assertThat(alarms).filteredOn(reply -> reply.status() == 201).hasSize(1);
    assertThat(alarms).extracting(ApiFixture.Reply::status).containsOnly(201, 409);
    var alarm = alarms.stream().filter(reply -> reply.status() == 201).findFirst().orElseThrow();
    awaitState(alarm.json().path("id").asText(), "in-force");
    assertThat(rollback("quality", "{\"reason\":\"late\"}").status()).isEqualTo(409);

    var overtaken = asked.json().path("id").asText();
    complete("owner", overtaken, "\"rollbackDecision\":\"approve\"");
    awaitState(overtaken, "failed");
    assertThat(champion()).isEqualTo(name + "@1.0.0");
    assertThat(moves("rolled-back")).isEqualTo(1);
  }

  @Test
  void ofTwoWhoDecideAtOnceOneDecides() throws Exception {
    person("owner.two");
    directory.setRoles(PROJECT, "owner.two", Set.of(Role.OWNER));
    var id = rollback("quality", "{\"reason\":\"recall fell\"}").json().path("id").asText();
    await(() -> taskOf("owner", id) != null);
    var task = "/api/v1/tasks/" + taskOf("owner", id) + "/complete";
    var replies =
        atOnce(
            2,
            number ->
                number == 0
                    ? api.post("owner", task, variables("\"rollbackDecision\":\"approve\""))
                    : api.post(
                        "owner.two",
                        task,
                        variables("\"rollbackDecision\":\"reject\",\"rollbackReason\":\"no\"")));
    assertThat(replies).filteredOn(reply -> reply.status() == 204).hasSize(1);
    assertThat(replies).extracting(ApiFixture.Reply::status).allMatch(status -> status < 500);
    var approved = replies.get(0).status() == 204;
    awaitState(id, approved ? "completed" : "rejected");
    var view = api.get("auditor", path + "/rollbacks/" + id).json();
    assertThat(view.at("/decision/by").asText()).isEqualTo(approved ? "owner" : "owner.two");
    assertThat(moves("rolled-back")).isEqualTo(approved ? 1 : 0);
    directory.setRoles(PROJECT, "owner.two", Set.of());
  }

  @Test
  void aTargetWhoseBytesChangedIsNotGoneBackTo() throws IOException {
    var target = registry.versions(PROJECT, name, 2, null).items().get(1);
    var id = rollback("quality", "{\"reason\":\"recall fell\"}").json().path("id").asText();
    flip(home, target.files().get(0).key());
    complete("owner", id, "\"rollbackDecision\":\"approve\"");
    awaitState(id, "failed");
    assertThat(champion()).isEqualTo(name + "@1.0.1");
    assertThat(api.get("owner", path + "/rollbacks/" + id).text())
        .contains("model.onnx", "was changed")
        .doesNotContain(home.resolve("objects").toString());
    assertThat(api.get("owner", path + "/versions/1.0.0").status()).isEqualTo(200);
  }

  @Test
  void anApprovalIsVoidWhenAnotherVersionWasPromotedMeanwhile() {
    var id = rollback("quality", "{\"reason\":\"recall fell\"}").json().path("id").asText();
    promote(candidate(PROJECT, 2), registry.versions(PROJECT, name, 2, null).items().get(1));
    complete("owner", id, "\"rollbackDecision\":\"approve\"");
    awaitState(id, "failed");
    assertThat(champion()).isEqualTo(name + "@1.0.2");
    assertThat(api.get("owner", path + "/rollbacks/" + id).text()).contains(name + "@1.0.2");
  }

  @Test
  void whoAskedForAnEmergencyNeitherApprovesNorSettlesItInAnyRole() {
    person("many.roles");
    directory.setRoles(PROJECT, "many.roles", Set.of(Role.OWNER, Role.QUALITY, Role.PRODUCTION));
    var asked = rollback("many.roles", "{\"reason\":\"alarm\",\"emergency\":true}");
    var id = asked.json().path("id").asText();
    awaitState(id, "in-force");
    await(() -> taskOf("owner", id) != null);
    refuses("many.roles", taskOf("owner", id), "\"emergencyDecision\":\"approve\"");
    complete("owner", id, "\"emergencyDecision\":\"refuse\",\"emergencyReason\":\"a test\"");
    awaitState(id, "disputed");
    await(() -> taskOf("quality", id) != null);
    var settle = "\"disputeDecision\":\"keep\",\"disputeReason\":\"mine\"";
    refuses("many.roles", taskOf("quality", id), settle);
    directory.setRoles(PROJECT, "owner", Set.of(Role.OWNER, Role.QUALITY));
    refuses("owner", taskOf("quality", id), settle);
    directory.setRoles(PROJECT, "owner", Set.of(Role.OWNER));
    directory.setRoles(PROJECT, "many.roles", Set.of());
    complete("quality", id, settle);
    awaitState(id, "completed");
  }

  @Test
  void hostileNamesAreRefusedWithoutATrace() {
    var names =
        List.of(
            "..%2f..%2fetc",
            "%2e%2e",
            "damage%00",
            "damage%0a",
            "DAMAGE",
            "x".repeat(5000),
            "%E2%80%AEegamad",
            "damage;v=1",
            "a%20b",
            "'%3b--");
    var targets = new ArrayList<String>();
    for (var hostile : names) {
      targets.add(PATH + "/models/" + hostile);
      targets.add(PATH + "/models/" + hostile + "/history");
      targets.add(path + "/versions/" + hostile);
      targets.add(path + "/versions/" + hostile + "/card");
      targets.add(path + "/versions/1.0.0/files/" + hostile);
      targets.add(path + "/versions/1.0.0/evidence/" + hostile);
      targets.add(path + "/rollbacks/" + hostile);
      targets.add(path + "/versions?cursor=" + hostile);
      targets.add(path + "/history?cursor=" + hostile);
      targets.add(PATH + "/models?cursor=" + hostile);
    }
    for (var version :
        List.of("01.0.0", "1.0.0%0a", "99999.0.0", "-1.0.0", "1.0.0-rc1", "1.0.0%20")) {
      targets.add(path + "/versions/" + version);
      targets.add(path + "/versions?cursor=" + version);
    }
    for (var limit : List.of("0", "-1", "201", "2147483648", "x")) {
      targets.add(path + "/versions?limit=" + limit);
      targets.add(path + "/history?limit=" + limit);
      targets.add(PATH + "/models?limit=" + limit);
    }
    targets.add(path + "/versions/1.0.0/files/card.json");
    targets.add(path + "/versions/1.0.0/evidence/card.json");
    targets.add(path + "/versions/1.0.0/files/");
    targets.add(path + "/history?cursor=99999999999999999999");
    var softly = new SoftAssertions();
    for (var target : targets) {
      softly.assertThat(target).satisfies(one -> harmless(api.get("owner", one)));
    }
    softly.assertAll();
  }

  @Test
  void hostileRequestsForARollbackAreRefusedAndStartNothing() {
    for (var body :
        List.of(
            "{}",
            "{\"reason\":null}",
            "{\"reason\":\"  \\t\"}",
            "{\"reason\":\"" + "x".repeat(2001) + "\"}",
            "{\"reason\":\"a\\u0000b\"}",
            "{\"reason\":\"a\\u202eb\"}",
            "{\"reason\":\"x\",\"target\":\"\"}",
            "{\"reason\":\"x\",\"target\":\"" + name + "\"}",
            "{\"reason\":\"x\",\"target\":\"" + name + "@1.0.0\\n\"}",
            "{\"reason\":\"x\",\"target\":\"" + name + "@1.0.1\"}",
            "{\"reason\":\"x\",\"target\":[\"" + name + "@1.0.0\"]}",
            "{\"reason\":\"x\",\"emergency\":\"yes please\"}",
            "{\"reason\":\"x\",\"state\":\"COMPLETED\"}")) {
      harmless(rollback("owner", body));
    }
    assertThat(
            jdbc.sql("select count(*) from balsam.model_rollback where model = ?")
                .param(name.value())
                .query(Long.class)
                .single())
        .isZero();
    assertThat(champion()).isEqualTo(name + "@1.0.1");
  }

  @Test
  void aHostileCardIsShownWithoutMarkupAndDoesNotGrow() {
    var deep = "[".repeat(500) + "1,".repeat(50_000) + "1" + "]".repeat(500);
    var card = "{\"<script>\":\"# no\\n\\n![x](http://evil)\",\"deep\":" + deep + "}";
    var version = candidate(PROJECT, 2, card).id().label();
    var markdown = card(version, "text/markdown");
    assertThat(markdown.status()).isEqualTo(200);
    assertThat(markdown.header("Content-Type")).startsWith("text/markdown");
    assertThat(markdown.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(markdown.text())
        .doesNotContain("![x]", "\n# no")
        .doesNotContainPattern("(?<!\\\\)<");
    assertThat(markdown.text().length()).isLessThan(3 * card.length());
    for (var accept : List.of("text/markdown;q=x", "/", "*/*;q=2", "text/" + "x".repeat(3000))) {
      var reply = card("1.0.0", accept);
      assertThat(reply.status()).as(accept).isIn(200, 400, 406);
    }
    var noJson = candidate(PROJECT, 3, "\u0000<b>not JSON").id().label();
    var raw = card(noJson, "text/markdown");
    assertThat(raw.text()).contains("not JSON").doesNotContainPattern("(?<!\\\\)<");
  }

  @Test
  void filesAreSentForDownloadOnly() {
    var file = api.get("auditor", path + "/versions/1.0.1/files/model.onnx");
    assertThat(file.header("Content-Type")).startsWith("application/octet-stream");
    assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=\"model.onnx\"");
    assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  private void harmless(ApiFixture.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isBetween(400, 499);
    assertThat(reply.text())
        .doesNotContain("java.", "org.", "Exception", "\\tat ", home.resolve("").toString());
  }

  private void refuses(String person, String task, String variables) {
    var reply = api.post(person, "/api/v1/tasks/" + task + "/complete", variables(variables));
    assertThat(reply.status()).as(reply.text()).isEqualTo(403);
    assertThat(reply.text()).contains("separation-of-duties");
  }

  private ApiFixture.Reply call(String person, RouteFixture.Route route, String project) {
    var target =
        route
            .pattern()
            .replace("/api/v1/projects/{project}", project)
            .replace("{model}", name.value())
            .replace("{version}", "1.0.1")
            .replace("{file}", route.pattern().contains("evidence") ? "gate.json" : "model.onnx")
            .replace("{rollback}", OTHER + "-rollback-a1b2c3");
    return api.send(person, route.method(), target, route.body());
  }

  private long moves(String kind) {
    return api.get("owner", path + "/history").json().findValuesAsText("kind").stream()
        .filter(kind::equals)
        .count();
  }

  private static String variables(String variables) {
    return "{\"variables\":{" + variables + "}}";
  }

  private interface Request {
    ApiFixture.Reply send(int number);
  }

  private static List<ApiFixture.Reply> atOnce(int many, Request request) throws Exception {
    var barrier = new CyclicBarrier(many);
    var threads = Executors.newFixedThreadPool(many);
    try {
      var asked =
          IntStream.range(0, many)
              .mapToObj(
                  number ->
                      threads.submit(
                          () -> {
                            barrier.await();
                            return request.send(number);
                          }))
              .toList();
      var replies = new ArrayList<ApiFixture.Reply>();
      for (var reply : asked) {
        replies.add(reply.get());
      }
      return replies;
    } finally {
      threads.shutdownNow();
    }
  }
}
