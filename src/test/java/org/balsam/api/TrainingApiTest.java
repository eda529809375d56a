package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.balsam.audit.verify.AuditVerifier;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.balsam.testing.Strikes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Trainings that people lead through the API; the classifier, the steps and the storage are real.
 */
class TrainingApiTest extends ApiTestBase {

  private static final String BASE = "/api/v1/projects/%s";
  @Autowired Forge forge;
  @TempDir Path folder;

  @Test
  void fromTheRequestToProductionAndMadeAgainFromItsRecord() throws IOException {
    var project = project("ml-strikes");
    deliverThrough1998(project);
    namesWhatCanBeTrained(project);
    var training = start(project, "production", "{\"model\":\"damage\",\"period\":\"1998\"}");
    assertThat(startAgain(project).status()).isEqualTo(409);
    awaitState(training, "review");
    showsTheCandidate(training);

    saysToEverybodyWhomItWaitsFor(project, training);
    isRefusedToItsTrainer(project, training);
    complete("quality", training, "{\"reviewDecision\":\"approve\"}");
    awaitState(training, "staged");
    complete("owner", training, "{\"productionDecision\":\"approve\"}");
    awaitState(training, "promoted");
    assertThat(get(training).path("decisions").findValuesAsText("actor"))
        .containsExactly("quality", "owner");
    sealsItsEvidence(training);
    givesTheSameArtefactAgain(training);
    isRetrainedByDataAndByDrift(project);
    isHiddenFromOthers(project, training);
  }

  /** Before anything was trained. */
  private void namesWhatCanBeTrained(String project) {
    var address = BASE.formatted(project) + "/trainable-models";
    var models = api.get("quality", address).json();
    assertThat(models.findValuesAsText("name")).contains("damage");
    assertThat(models.at("/0/seed").asLong()).isEqualTo(19900101);
    assertThat(models.at("/0/parameters").size()).isPositive();
    assertThat(api.get(OUTSIDER, address).status()).isEqualTo(404);
  }

  private void showsTheCandidate(String training) {
    var shown = get(training);
    assertThat(shown.path("checks")).hasSize(9);
    assertThat(shown.path("checks").findValuesAsText("verdict"))
        .as(shown.path("summary").asText())
        .isSubsetOf("pass", "review");
    assertThat(shown.path("seed").asLong()).isEqualTo(19900101);
    assertThat(shown.path("runtime").asText()).contains("java");
    assertThat(shown.path("runs").findValuesAsText("purpose"))
        .containsExactly("reproduce", "evaluate", "train");
    var metrics = api.get("auditor", training + "/metrics").json();
    assertThat(metrics.path("live").asBoolean()).isFalse();
    assertThat(metrics.path("series").findValuesAsText("name")).contains("train-loss");
    assertThat(metrics.at("/series/0/points")).hasSize(20);
    var figures = api.get("auditor", training + "/evaluation").json();
    assertThat(figures.at("/test/candidate/auc").asDouble()).isGreaterThan(0.8);
    assertThat(figures.path("drift").findValuesAsText("feature"))
        .containsExactly("operator", "speed");
    var task = api.get("quality", "/api/v1/tasks/" + taskOf("quality", id(training))).text();
    assertThat(task).contains("gateSummary", "PASS 8", "threshold", "Methods unit");
  }

  /** The auditor has no task there. */
  private void saysToEverybodyWhomItWaitsFor(String project, String training) {
    var awaited = api.get("auditor", training + "/awaited").json();
    assertThat(awaited).hasSize(1);
    assertThat(awaited.at("/0/activity").asText()).isEqualTo("userTask_reviewPromotion");
    assertThat(awaited.at("/0/candidates").toString()).contains(project + "/quality");
    assertThat(awaited.at("/0").has("assignee")).isFalse();
    assertThat(api.get(OUTSIDER, training + "/awaited").status()).isEqualTo(404);
  }

  /** Also with the reviewer's role: it is the person who counts. */
  private void isRefusedToItsTrainer(String project, String training) {
    var task = taskOf("quality", id(training));
    var both = Set.of(Role.PRODUCTION, Role.QUALITY);
    directory.setRoles(new ProjectId(project), "production", both);
    var refused =
        api.post(
            "production",
            "/api/v1/tasks/" + task + "/complete",
            "{\"variables\":{\"reviewDecision\":\"approve\"}}");
    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    directory.setRoles(new ProjectId(project), "production", Set.of(Role.PRODUCTION));
    var refusals = "/api/v1/audit/events?outcome=refused&actor=production&project=" + project;
    assertThat(api.get("auditor", refusals).json().path("items").findValuesAsText("subject"))
        .contains(id(training));
    assertThat(get(training).path("state").asText()).isEqualTo("review");
  }

  private void sealsItsEvidence(String training) throws IOException {
    await(() -> get(training).path("evidenceSealed").asBoolean());
    var evidence = unzip(api.get("auditor", training + "/evidence").response().body());
    assertThat(evidence).containsKeys("training.json", "model/card.json", "model/gate.json");
    var trail = Files.write(folder.resolve("audit.zip"), evidence.get("audit.zip"));
    var report = AuditVerifier.verify(trail, AuditVerifier.Options.NONE);
    assertThat(report.verified()).as(report.text()).isTrue();
    assertThat(report.text()).contains("1 releases or promotions were checked");
  }

  private void givesTheSameArtefactAgain(String training) {
    var made = api.post("auditor", training + "/reproduce", "");
    assertThat(made.status()).isEqualTo(403);
    made = api.post("quality", training + "/reproduce", "");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var again = made.header("Location");
    awaitState(again, "reproduced");
    var outcome = get(again).path("outcome").asText();
    assertThat(outcome).startsWith("Same artefact as training " + id(training));
    assertThat(get(again).path("artefact")).isEqualTo(get(training).path("artefact"));
  }

  private void isRetrainedByDataAndByDrift(String project) {
    deliver(project, 1999);
    var byData = newest(project);
    assertThat(byData.path("trigger").asText()).isEqualTo("data");
    assertThat(byData.path("period").asText()).isEqualTo("1999");
    var training = BASE.formatted(project) + "/trainings/" + byData.path("id").asText();
    awaitState(training, "review");
    var figures = api.get("quality", training + "/evaluation").json();
    assertThat(figures.path("champion").asText()).isEqualTo("damage@1.0.0");
    assertThat(figures.at("/test/champion/cases").asLong()).isEqualTo(400);
    complete(
        "quality", training, "{\"reviewDecision\":\"reject\",\"reviewReason\":\"not needed\"}");
    awaitState(training, "stopped");

    var measured = "{\"period\":\"2000\",\"psi\":{\"speed\":0.9,\"operator\":0.01}}";
    var drift = BASE.formatted(project) + "/models/damage/drift";
    assertThat(api.post("quality", drift, measured).status()).isEqualTo(403);
    var reported = api.post("production", drift, measured);
    assertThat(reported.status()).as(reported.text()).isEqualTo(200);
    assertThat(reported.json().at("/drifted/0").asText()).isEqualTo("speed");
    var byDrift = reported.json().path("training").asText();
    assertThat(newest(project).path("id").asText()).isEqualTo(byDrift);
    assertThat(newest(project).path("trigger").asText()).isEqualTo("drift");
    isDecidedOn(BASE.formatted(project) + "/trainings/" + byDrift);
  }

  /** There are no rows of 2000: the training fails, is made again, is given up. */
  private void isDecidedOn(String training) {
    awaitState(training, "correcting");
    complete(
        "methodology",
        training,
        "{\"failureDecision\":\"change\",\"failureReason\":\"try\",\"changedParameters\":\"epochs=5\"}");
    Awaitility.await()
        .atMost(Duration.ofMinutes(10))
        .until(
            () ->
                get(training).path("runs").size() > 1
                    && get(training).path("state").asText().equals("correcting"));
    assertThat(get(training).at("/parameters/epochs").asText()).isEqualTo("5");
    complete(
        "production", training, "{\"failureDecision\":\"stop\",\"failureReason\":\"no data\"}");
    awaitState(training, "stopped");
    assertThat(get(training).path("endReason").asText()).isEqualTo("no data");
  }

  private void isHiddenFromOthers(String project, String training) {
    for (var path : List.of("", "/metrics", "/evaluation", "/evidence", "/timeline")) {
      assertThat(api.get(OUTSIDER, training + path).status()).as(path).isEqualTo(404);
      var elsewhere = PATH + "/trainings/" + id(training) + path;
      assertThat(api.get("owner", elsewhere).status()).as(elsewhere).isEqualTo(404);
    }
    var all = BASE.formatted(project) + "/trainings";
    assertThat(api.get(OUTSIDER, all).status()).isEqualTo(404);
    assertThat(api.post(OUTSIDER, training + "/cancel", "{\"reason\":\"x\"}").status())
        .isEqualTo(404);
    var listed = api.get("auditor", all + "?model=damage&state=promoted").json().path("items");
    assertThat(listed.findValuesAsText("id")).containsExactly(id(training));
  }

  @Test
  void saysWhatIsNotPinnedAndIsCancelled() {
    var project = project("ml-empty");
    var training = start(project, "methodology", "{\"model\":\"damage\",\"period\":\"1998\"}");
    awaitState(training, "stopped");
    assertThat(get(training).path("endReason").asText()).contains("strikes", "1998");
    assertThat(get(training).path("runs")).isEmpty();

    deliverThrough1998(project);
    var slow = "{\"model\":\"damage\",\"period\":\"1998\",\"parameters\":{\"epochs\":\"1000\"}}";
    var cancelled = start(project, "production", slow);
    awaitState(cancelled, "training");
    assertThat(api.post("subject", cancelled + "/cancel", "{\"reason\":\"x\"}").status())
        .isEqualTo(403);
    await(() -> cancel(cancelled).status() == 204);
    awaitState(cancelled, "cancelled");
    assertThat(get(cancelled).path("endReason").asText()).isEqualTo("wrong period");
    assertThat(get(cancelled).path("runs").findValuesAsText("state")).doesNotContain("running");
    assertThat(api.post("owner", cancelled + "/cancel", "{\"reason\":\"x\"}").status())
        .isEqualTo(409);
    assertThat(
            start400(project, "{\"model\":\"damage\",\"period\":\"1998-q1\"}")
                .json()
                .at("/problems/0/where")
                .asText())
        .contains("period");
  }

  /** 204, or 409 while the process is just taking a step. */
  private ApiFixture.Reply cancel(String training) {
    var asked = api.post("owner", training + "/cancel", "{\"reason\":\"wrong period\"}");
    assertThat(asked.status()).as(asked.text()).isIn(204, 409);
    return asked;
  }

  private ApiFixture.Reply start400(String project, String body) {
    var answer = api.post("production", BASE.formatted(project) + "/trainings", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    return answer;
  }

  private String start(String project, String person, String body) {
    var started = api.post(person, BASE.formatted(project) + "/trainings", body);
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    return started.header("Location");
  }

  private ApiFixture.Reply startAgain(String project) {
    return api.post(
        "production",
        BASE.formatted(project) + "/trainings",
        "{\"model\":\"damage\",\"period\":\"1998\"}");
  }

  private JsonNode newest(String project) {
    return api.get("auditor", BASE.formatted(project) + "/trainings?limit=1").json().at("/items/0");
  }

  private JsonNode get(String training) {
    return api.get("auditor", training).json();
  }

  private void complete(String person, String training, String variables) {
    await(() -> taskOf(person, id(training)) != null);
    var task = taskOf(person, id(training));
    var done =
        api.post(
            person, "/api/v1/tasks/" + task + "/complete", "{\"variables\":" + variables + "}");
    assertThat(done.status()).as(done.text()).isEqualTo(204);
  }

  private void awaitState(String training, String state) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(get(training).path("state").asText())
                    .as(() -> get(training).toPrettyString())
                    .isEqualTo(state));
  }

  private static String id(String training) {
    return training.substring(training.lastIndexOf('/') + 1);
  }

  private String project(String id) {
    onboard(id, "owner");
    for (var role : Role.values()) {
      directory.setRoles(new ProjectId(id), role.value(), Set.of(role));
    }
    Strikes.declare(forge, new ProjectId(id));
    return id;
  }

  private void deliverThrough1998(String project) {
    IntStream.rangeClosed(1995, 1998).forEach(year -> deliver(project, year));
  }

  private void deliver(String project, int year) {
    var path = BASE.formatted(project) + "/datasets/raw/strikes/objects/strikes.csv?period=" + year;
    var sent =
        api.send("steward", "PUT", path, BodyPublishers.ofString(Strikes.of(year)), "text/csv");
    assertThat(sent.status()).as(sent.text()).isIn(200, 201);
  }

  private static Map<String, byte[]> unzip(byte[] archive) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
