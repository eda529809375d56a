package org.balsam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.balsam.testing.RoundClient.PROJECT;
import static org.balsam.testing.RoundClient.approval;
import static org.balsam.testing.RoundClient.at;
import static org.balsam.testing.RoundClient.await;
import static org.balsam.testing.RoundClient.completion;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.balsam.testing.Api;
import org.balsam.testing.Browser;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Leads rounds over HTTP through nothing but the public API of a real server with its embedded
 * PostgreSQL: flash and revision, refusals, a restart, a postponement, a withdrawal, a
 * cancellation, and the evidence as an outsider verifies it.
 */
class WholeRoundIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENGINE = "/camunda/api/engine/engine/default";
  private static final String ROUNDS = PROJECT + "/rounds/";
  private static final String FLASH = "emp-industry-2008-q4-r0";
  private static final String REVISION = "emp-industry-2008-q4-r1";
  private static final String NEXT = "emp-industry-2009-q1-r0";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private ChildServer server;
  private Api api;
  private RoundClient rounds;

  @Test
  void aRoundIsLedFromItsInputsToItsEvidenceAndTakenBack() throws Exception {
    server = new ChildServer(folder);
    try {
      server.start(List.of());
      api = new Api(server.base());
      rounds = new RoundClient(api);
      await(() -> rounds.isOpen("owner", FLASH, "userTask_confirmInputs"));
      refusesWhatIsNotTime();
      confirmsInTasklist();
      reviewIsRefusedToWhoConfirmed();
      sendsBackAndReviewsAgain();
      keepsTaskListsOverARestart();
      postponesAndPublishes();
      verifiesEvidence(FLASH);
      revisesAndWithdraws();
      cancels();
      verifiesTrail();
    } finally {
      server.close();
    }
  }

  private void refusesWhatIsNotTime() {
    var reason = Map.of("reason", "too early");
    assertThat(rounds.post("owner", FLASH, "withdraw", reason)).isEqualTo(409);
    assertThat(
            rounds.post("owner", FLASH, "postpone", Map.of("reason", "x", "releaseAt", at(3600))))
        .isEqualTo(409);
    assertThat(rounds.post("owner", FLASH, "revise", Map.of("reason", "x", "type", "routine")))
        .isEqualTo(409);
    assertThat(rounds.post("quality", FLASH, "cancel", reason)).isEqualTo(403);
    assertThat(rounds.post("owner", FLASH, "cancel", Map.of("reason", " "))).isEqualTo(422);
    assertThat(api.get("quality", ROUNDS + FLASH + "/evidence").status()).isEqualTo(404);
    assertThat(rounds.state(FLASH)).isEqualTo("waiting");
  }

  /** As a browser does it: the sign-in page, the list, the form. */
  private void confirmsInTasklist() throws Exception {
    var tasklist = new Browser(server.base());
    tasklist.signIn("methodology", "balsam");
    assertThat(tasklist.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
    var query =
        "{\"processInstanceBusinessKey\":\"%s\",\"taskDefinitionKey\":\"userTask_confirmInputs\"}"
            .formatted(FLASH);
    var found = tasklist.json("POST", ENGINE + "/task", query).body();
    var task = ENGINE + "/task/" + JSON.readTree(found).at("/0/id").asText();
    var form = JSON.readTree(tasklist.get(task + "/form-variables").body());
    assertThat(form.at("/inputSet/value").asText()).isNotEmpty();
    assertThat(form.at("/inputChanges/value").asText()).isNotEmpty();
    var confirm = "{\"variables\":{\"inputsDecision\":{\"value\":\"confirm\"}}}";
    var auditor = new Browser(server.base());
    auditor.signIn("auditor", "balsam");
    auditor.get("/camunda/app/tasklist/default/");
    assertThat(auditor.json("POST", task + "/submit-form", confirm).statusCode()).isIn(403, 404);
    var claim = tasklist.json("POST", task + "/claim", "{\"userId\":\"methodology\"}");
    assertThat(claim.statusCode()).as(claim.body()).isEqualTo(204);
    var done = tasklist.json("POST", task + "/submit-form", confirm);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
    var again = tasklist.json("POST", task + "/submit-form", confirm);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(400);
    assertThat(again.body()).contains("completed or cancelled");
  }

  private void reviewIsRefusedToWhoConfirmed() {
    await(() -> rounds.isOpen("quality", FLASH, "userTask_reviewResults"));
    var approve = Map.of("reviewDecision", "approve");
    var task = rounds.task("quality", FLASH, "userTask_reviewResults");
    var refused = api.post("methodology", completion(task), Map.of("variables", approve));
    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    assertThat(refused.text()).contains("separation-of-duties", "methodology");
    assertThat(api.post("owner", completion(task), Map.of("variables", approve)).status())
        .isIn(403, 404);
    assertThat(rounds.actions(FLASH)).contains("duties.refused");
  }

  private void sendsBackAndReviewsAgain() throws Exception {
    var task = rounds.task("quality", FLASH, "userTask_reviewResults");
    var context = api.get("quality", "/api/v1/tasks/" + task).body().path("context");
    assertThat(context.path("checkSummary").asText())
        .contains(
            "None of 14 checks need an answer",
            "outside the limit (for information) quarter-change",
            "pass year-change");
    var address = context.path("outputFiles").asText().lines().filter(WholeRoundIT::isTable);
    var file = address.findFirst().orElseThrow().replaceFirst(" \\(\\d+ rows\\)$", "");
    assertThat(api.get("quality", file).text()).contains("2008-Q4,nonfarm");
    assertThat(api.get("admin", file).status()).isEqualTo(404);
    assertThat(rounds.actions(FLASH)).contains("output.read");

    var without = api.post("quality", completion(task), Map.of("variables", redo("")));
    assertThat(without.status()).as(without.text()).isEqualTo(422);
    rounds.complete("quality", FLASH, "userTask_reviewResults", redo("the chart looks odd"));
    await(
        () -> rounds.run(FLASH) == 2 && rounds.isOpen("quality", FLASH, "userTask_reviewResults"));
  }

  private static boolean isTable(String line) {
    return line.contains("/outputs/out/employment/employment.csv");
  }

  private static Map<String, String> redo(String reason) {
    return Map.of("reviewDecision", "redoSteps", "reviewReason", reason);
  }

  /** The demo finds its round where people have led it, and leaves it alone. */
  private void keepsTaskListsOverARestart() {
    var before = rounds.taskLists();
    assertThat(before.get("quality")).isNotEmpty();
    server.close();
    server.start(List.of("-Dbalsam.demo.enabled=true"));
    await(() -> server.logText().contains("Balsam is ready"));
    assertThat(server.logText()).doesNotContain("could not be filled", "Next: open the console");
    assertThat(rounds.taskLists()).isEqualTo(before);
    rounds.complete(
        "quality", FLASH, "userTask_reviewResults", Map.of("reviewDecision", "approve"));
  }

  private void postponesAndPublishes() {
    var version = PROJECT + "/datasets/rel/employment/versions/2008-q4-r0.1";
    await(() -> rounds.isOpen("owner", FLASH, "userTask_approveRelease"));
    var secret = new HashMap<>(approval(at(60)));
    secret.put("releaseLevel", "secret");
    var path = completion(rounds.task("owner", FLASH, "userTask_approveRelease"));
    var refused = api.post("owner", path, Map.of("variables", secret));
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.text()).contains("/variables/releaseLevel", "public");
    rounds.complete("owner", FLASH, "userTask_approveRelease", approval(at(60)));
    await(() -> rounds.state(FLASH).equals("embargoed"));
    assertThat(api.get("owner", version).status()).isEqualTo(404);
    var earlier = Map.of("reason", "earlier", "releaseAt", at(10));
    assertThat(rounds.post("owner", FLASH, "postpone", earlier)).isEqualTo(409);
    var later = at(65);
    assertThat(
            rounds.post(
                "release", FLASH, "postpone", Map.of("reason", "an outage", "releaseAt", later)))
        .isEqualTo(204);
    await(() -> rounds.announcements(FLASH).contains(later));
    assertThat(rounds.state(FLASH)).isEqualTo("embargoed");
    await(() -> !rounds.state(FLASH).equals("embargoed"));
    assertThat(Instant.now()).isAfterOrEqualTo(Instant.parse(later));
    await(() -> api.get("owner", version).status() == 200);
  }

  private void revisesAndWithdraws() throws Exception {
    rounds.deliver("2008-12");
    var revise = Map.of("type", "routine", "reason", "the full quarter has arrived");
    assertThat(rounds.post("owner", FLASH, "revise", revise)).isEqualTo(201);
    publish(REVISION);
    verifiesEvidence(REVISION);
    rounds.complete(
        "owner", REVISION, "userTask_evaluateRound", Map.of("evaluationDecision", "closed"));
    await(() -> rounds.state(REVISION).equals("closed"));
    var reason = Map.of("reason", "a wrong deflator");
    assertThat(rounds.post("quality", REVISION, "withdraw", reason)).isEqualTo(403);
    assertThat(rounds.post("owner", REVISION, "withdraw", reason)).isEqualTo(204);
    await(() -> rounds.state(REVISION).equals("withdrawn"));
    assertThat(rounds.post("owner", FLASH, "withdraw", reason)).isEqualTo(204);
    await(() -> rounds.state(FLASH).equals("withdrawn"));
    assertThat(rounds.post("owner", FLASH, "withdraw", reason)).isEqualTo(409);
    for (var round : List.of(FLASH, REVISION)) {
      assertThat(rounds.actions(round)).contains("round.withdrawn");
      assertThat(api.get("auditor", ROUNDS + round + "/evidence").status()).isEqualTo(200);
    }
  }

  private void cancels() throws IOException {
    rounds.deliver("2009-01");
    rounds.deliver("2009-02");
    var started = api.post("owner", PROJECT + "/rounds", Map.of("period", "2009-q1"));
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    await(() -> rounds.isOpen("subject", NEXT, "userTask_confirmInputs"));
    assertThat(rounds.post("owner", NEXT, "cancel", Map.of("reason", "no budget"))).isEqualTo(204);
    await(() -> rounds.state(NEXT).equals("cancelled"));
    assertThat(rounds.taskLists().values()).allSatisfy(tasks -> assertThat(tasks).isEmpty());
    var again = api.post("owner", PROJECT + "/rounds", Map.of("period", "2009-q1"));
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(again.body().path("id").asText()).isEqualTo("emp-industry-2009-q1-r1");
  }

  /** Confirmed, explained where asked, reviewed and approved, each by a person who may. */
  private void publish(String round) {
    await(
        () -> {
          if (rounds.isOpen("methodology", round, "userTask_confirmInputs")) {
            rounds.complete(
                "methodology",
                round,
                "userTask_confirmInputs",
                Map.of("inputsDecision", "confirm"));
          }
          if (rounds.isOpen("subject", round, "userTask_explainWarnings")) {
            rounds.complete(
                "subject",
                round,
                "userTask_explainWarnings",
                Map.of("explanationDecision", "explain", "explanationReason", "the recession"));
          }
          return rounds.isOpen("quality", round, "userTask_reviewResults");
        });
    rounds.complete(
        "quality", round, "userTask_reviewResults", Map.of("reviewDecision", "approve"));
    await(() -> rounds.isOpen("owner", round, "userTask_approveRelease"));
    rounds.complete("owner", round, "userTask_approveRelease", approval(at(1)));
  }

  /** The archive's own copy of the trail holds the release, and the shipped verifier agrees. */
  private void verifiesEvidence(String round) throws Exception {
    await(() -> api.get("auditor", ROUNDS + round + "/evidence").status() == 200);
    await(() -> rounds.isOpen("owner", round, "userTask_evaluateRound"));
    var archive = folder.resolve(round + ".zip");
    api.download("auditor", ROUNDS + round + "/evidence", archive);
    var trail = folder.resolve(round + "-audit.zip");
    try (var zip = new ZipFile(archive.toFile())) {
      Files.copy(zip.getInputStream(zip.getEntry("audit.zip")), trail);
    }
    try (var zip = new ZipFile(trail.toFile())) {
      var events = new String(zip.getInputStream(zip.getEntry("events.jsonl")).readAllBytes());
      assertThat(events.lines().filter(line -> line.contains("\"round.released\"")))
          .anySatisfy(line -> assertThat(line).contains(round));
    }
    verify(trail);
  }

  private void verifiesTrail() throws Exception {
    var trail = folder.resolve("audit.zip");
    api.download("admin", "/api/v1/audit/export", trail);
    verify(trail);
  }

  private void verify(Path bundle) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var report = folder.resolve("report.txt");
    var verifier =
        new ProcessBuilder(
                List.of(
                    java,
                    "-cp",
                    ChildServer.classPath(),
                    Balsam.class.getName(),
                    "audit",
                    "verify",
                    bundle.toString()))
            .redirectErrorStream(true)
            .redirectOutput(report.toFile())
            .start();
    assertThat(verifier.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(verifier.exitValue()).as(Files.readString(report)).isZero();
  }
}
