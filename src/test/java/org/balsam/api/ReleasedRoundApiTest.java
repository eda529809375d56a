package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.balsam.audit.verify.AuditVerifier;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.kernel.Sha256;
import org.balsam.standard.template.ProjectTemplates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** A round that people lead through the API to its release, and all that can be read of it then. */
class ReleasedRoundApiTest extends ApiTestBase {

  private static final String PROJECT = "emp-open";
  private static final String BASE = "/api/v1/projects/" + PROJECT;
  private static final String ROUND = "emp-open-2008-q4-r0";
  private static final String ROUND_PATH = BASE + "/rounds/" + ROUND;

  /** Who does which task, and what they send. */
  private static final Map<String, List<String>> WORK =
      Map.of(
          "userTask_confirmInputs",
          List.of("subject", "{\"inputsDecision\":\"confirm\"}"),
          "userTask_explainWarnings",
          List.of(
              "subject",
              "{\"explanationDecision\":\"explain\",\"explanationReason\":\"the recession\"}"),
          "userTask_reviewResults",
          List.of("quality", "{\"reviewDecision\":\"approve\"}"),
          "userTask_approveRelease",
          List.of(
              "owner",
              "{\"releaseDecision\":\"approve\",\"releaseLevel\":\"public\",\"releaseAt\":\"NOW\"}"));

  @Autowired ProjectTemplates templates;
  @TempDir Path folder;

  @Test
  void everythingOfAReleasedRoundCanBeRead() throws IOException {
    release();
    var round = api.get("auditor", ROUND_PATH).json();
    assertThat(round.path("decisions").findValuesAsText("actor"))
        .contains("subject", "quality", "owner");
    assertThat(round.path("steps").findValuesAsText("state"))
        .isNotEmpty()
        .containsOnly("succeeded");
    assertThat(round.at("/release/tag").asText()).isEqualTo("rel/2008-q4-r0");

    var job = round.at("/steps/0/job").asText();
    var log = api.get("auditor", ROUND_PATH + "/steps/" + job + "/log");
    assertThat(log.status()).isEqualTo(200);
    assertThat(log.header("Content-Type")).startsWith("text/plain");
    assertThat(api.get(OUTSIDER, ROUND_PATH + "/steps/" + job + "/log").status()).isEqualTo(404);

    followsItsModel();
    showsItsSeries();
    await(() -> api.get("auditor", ROUND_PATH + "/evidence").status() == 200);
    var evidence = api.get("auditor", ROUND_PATH + "/evidence");
    assertThat(evidence.header("ETag"))
        .isEqualTo("\"" + Sha256.of(evidence.response().body()).value() + "\"");
    assertThat(entries(evidence)).contains("round.json", "approved.json", "audit.zip");
    provesTheRelease(evidence);
    assertThat(api.get(OUTSIDER, ROUND_PATH + "/evidence").status()).isEqualTo(404);

    readsVersions();
    deliver(new Period("2008-12"));
    revises();
    showsWhatWasRevised();
  }

  /** The columns are those that the checks declare; each reading is recorded. */
  private void showsItsSeries() {
    var series = ROUND_PATH + "/series";
    var found = api.get("auditor", series + "?periods=2").json();
    assertThat(found.path("dataset").asText()).isEqualTo("out/employment");
    assertThat(found.path("name").asText()).isEqualTo("nonfarm");
    assertThat(found.path("unit").asText()).isEqualTo("thousand jobs");
    assertThat(found.path("names").toString()).contains("\"construction\"", "\"nonfarm\"");
    assertThat(found.at("/vintages/0/round").asText()).isEqualTo(ROUND);
    assertThat(found.at("/vintages/0/releasedAt").asText()).isNotEmpty();
    assertThat(found.at("/vintages/0/points").findValuesAsText("period"))
        .containsExactly("2008-Q3", "2008-Q4");
    var value = found.at("/vintages/0/points/1/value").decimalValue().toPlainString();
    var file = api.get("auditor", ROUND_PATH + "/outputs/out/employment/employment.csv");
    assertThat(file.text()).containsPattern("2008-Q4,nonfarm,\\d,\\Q" + value + "\\E,");
    var other = api.get("auditor", series + "?name=construction").json();
    assertThat(other.at("/vintages/0/points").size()).isBetween(3, 40);
    assertThat(api.get("auditor", series + "?name=unheard").status()).isEqualTo(404);
    assertThat(api.get("auditor", series + "?dataset=std/months").status()).isEqualTo(404);
    for (var wrong : List.of("vintages=0", "vintages=13", "periods=0", "periods=401")) {
      assertThat(api.get("auditor", series + "?" + wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(api.get(OUTSIDER, series).status()).isEqualTo(404);
    var read =
        api.get("auditor", "/api/v1/audit/events?action=output.read&subject=" + ROUND).text();
    assertThat(read).contains(found.at("/vintages/0/sha256").asText(), "construction");
  }

  /** A round that is not released shows its figures beside those that are. */
  private void showsWhatWasRevised() {
    var path = BASE + "/rounds/emp-open-2008-q4-r1";
    assertThat(api.get("auditor", path + "/series").status()).isEqualTo(404);
    confirms("emp-open-2008-q4-r1");
    await(() -> api.get("auditor", path + "/series").status() == 200);
    var found = api.get("auditor", path + "/series").json();
    assertThat(found.path("vintages").findValuesAsText("round"))
        .containsExactly("emp-open-2008-q4-r1", ROUND);
    assertThat(found.at("/vintages/0").has("releasedAt")).isFalse();
    assertThat(found.path("leftOut")).isEmpty();
    var alone = api.get("auditor", path + "/series?vintages=1").json();
    assertThat(alone.path("vintages")).hasSize(1);
  }

  private void confirms(String round) {
    await(() -> taskOf("subject", round) != null);
    var done =
        api.post(
            "subject",
            "/api/v1/tasks/" + taskOf("subject", round) + "/complete",
            "{\"variables\":{\"inputsDecision\":\"confirm\"}}");
    assertThat(done.status()).as(done.text()).isEqualTo(204);
  }

  /** Each element and flow that was passed is in the model that the round followed. */
  private void followsItsModel() {
    var model = api.get("auditor", ROUND_PATH + "/bpmn");
    assertThat(model.status()).isEqualTo(200);
    assertThat(model.header("Content-Type")).startsWith("application/xml");
    var course = api.get("auditor", ROUND_PATH + "/course").json();
    var passed = course.path("activities").findValuesAsText("activity");
    assertThat(passed)
        .startsWith("startEvent_roundRequested", "serviceTask_openRound")
        .contains("userTask_confirmInputs", "userTask_reviewResults", "serviceTask_markReleased");
    var flows = new ArrayList<String>();
    course.path("flows").forEach(flow -> flows.add(flow.asText()));
    assertThat(flows)
        .doesNotHaveDuplicates()
        .startsWith("flow_roundRequestedToOpenRound", "flow_openRoundToFreezeInputs")
        .allSatisfy(flow -> assertThat(model.text()).contains("sequenceFlow id=\"" + flow + "\""));
    assertThat(course.path("definition").asText()).startsWith("statisticalRound:");
    for (var part : List.of("/bpmn", "/course")) {
      assertThat(api.get(OUTSIDER, ROUND_PATH + part).status()).isEqualTo(404);
      assertThat(api.get("auditor", BASE + "/rounds/emp-open-1999-q1-r0" + part).status())
          .isEqualTo(404);
    }
  }

  /** The evidence's own copy of the trail, verified offline, holds the release. */
  private void provesTheRelease(ApiFixture.Reply evidence) throws IOException {
    var released =
        api.get("auditor", "/api/v1/audit/events?action=round.released&subject=" + ROUND).json();
    var event = released.at("/items/0/id").asText();
    assertThat(new String(entry(evidence, "README.txt"), StandardCharsets.UTF_8)).contains(event);
    var trail = Files.write(folder.resolve("audit.zip"), entry(evidence, "audit.zip"));
    var report = AuditVerifier.verify(trail, AuditVerifier.Options.NONE);
    assertThat(report.verified()).as(report.text()).isTrue();
    try (var zip = new ZipFile(trail.toFile())) {
      var events = zip.getInputStream(zip.getEntry("events.jsonl")).readAllBytes();
      assertThat(new String(events, StandardCharsets.UTF_8)).contains(event);
    }
  }

  private static byte[] entry(ApiFixture.Reply zipped, String name) throws IOException {
    try (var zip = new ZipInputStream(new ByteArrayInputStream(zipped.response().body()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return zip.readAllBytes();
        }
      }
    }
    throw new AssertionError(name + " is not in the archive");
  }

  private void readsVersions() {
    var datasets = api.get("auditor", BASE + "/datasets").json();
    assertThat(datasets.path("items").findValuesAsText("id"))
        .contains("emp-open/raw/ces", "emp-open/rel/employment")
        .isSorted();
    var versions = BASE + "/datasets/rel/employment/versions";
    assertThat(api.get("auditor", versions).json().path("items").findValuesAsText("id"))
        .containsExactly("emp-open/rel/employment@2008-q4-r0.1");
    var version = versions + "/2008-q4-r0.1";
    assertThat(api.get("auditor", version).json().path("files")).isNotEmpty();
    var file = api.get("auditor", version + "/files/employment.csv");
    assertThat(file.text()).contains("2008-Q4");
    var download = api.get("auditor", version + "/files/employment.csv/download").json();
    assertThat(download.path("url").asText()).isEqualTo(version + "/files/employment.csv");
    assertThat(download.has("expiresAt")).isFalse();
    assertThat(download.path("sha256").asText()).isEqualTo(Sha256.of(file.text()).value());
    tellsFilesWithOneNameApart();
    var storage = api.get("auditor", BASE).json().path("storage");
    assertThat(storage.path("usedBytes").asLong()).isGreaterThan(file.text().length());
    assertThat(storage.has("quotaBytes")).isFalse();
    assertThat(api.get(OUTSIDER, version + "/files/employment.csv/download").status())
        .isEqualTo(404);
    assertThat(api.get("auditor", version + "/files/passwd").status()).isEqualTo(404);
    assertThat(api.get("auditor", versions + "/2008-q4-r0.2").status()).isEqualTo(404);
    assertThat(api.get("auditor", versions + "/newest").status()).isEqualTo(400);
    var diff = api.get("auditor", version + "/diff/2008-q4-r0.1").json();
    assertThat(diff.path("changes")).isEmpty();
    assertThat(api.get(OUTSIDER, version + "/files/employment.csv").status()).isEqualTo(404);
  }

  private void tellsFilesWithOneNameApart() {
    var raw = BASE + "/datasets/raw/ces/versions/2008-q4-r0.1";
    var files = api.get("auditor", raw).json().path("files");
    var file = raw + "/files/ces.csv";
    var unnamed = api.get("auditor", file);
    assertThat(unnamed.status()).isEqualTo(400);
    assertThat(unnamed.where()).isEqualTo("key");
    assertThat(unnamed.text()).contains(files.size() + " files with the name 'ces.csv'");
    for (var one : List.of(files.get(0), files.get(files.size() - 1))) {
      var key = "?key=" + URLEncoder.encode(one.path("key").asText(), StandardCharsets.UTF_8);
      var read = api.get("auditor", file + key);
      assertThat(Sha256.of(read.text()).value()).isEqualTo(one.path("sha256").asText());
      var address = api.get("auditor", file + "/download" + key).json().path("url").asText();
      assertThat(api.get("auditor", address).text()).isEqualTo(read.text());
    }
  }

  private void revises() {
    var body = "{\"type\":\"routine\",\"reason\":\"the full quarter has arrived\"}";
    var revised = api.post("owner", ROUND_PATH + "/revise", body, "Idempotency-Key", "revision");
    assertThat(revised.status()).as(revised.text()).isEqualTo(201);
    assertThat(revised.header("Location")).isEqualTo(BASE + "/rounds/emp-open-2008-q4-r1");
    assertThat(revised.json().at("/revision/predecessor").asText()).isEqualTo(ROUND);
    var again = api.post("owner", ROUND_PATH + "/revise", body, "Idempotency-Key", "revision");
    assertThat(again.status()).isEqualTo(201);
    assertThat(api.post("owner", ROUND_PATH + "/revise", body).status()).isEqualTo(409);
    assertThat(api.post("owner", ROUND_PATH + "/cancel", "{\"reason\":\"x\"}").status())
        .isEqualTo(409);
  }

  private void release() {
    onboard(PROJECT, "owner");
    for (var role : Role.values()) {
      directory.setRoles(new ProjectId(PROJECT), role.value(), Set.of(role));
    }
    deliveries().headMap(new Period("2008-12")).keySet().forEach(this::deliver);
    var started = api.post("owner", BASE + "/rounds", "{\"period\":\"2008-q4\"}");
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    await(
        () -> {
          work();
          return api.get("owner", ROUND_PATH).json().path("state").asText().equals("released");
        });
  }

  private SortedMap<Period, byte[]> deliveries() {
    return templates.demoDeliveries("statistical-production").get("raw/ces");
  }

  private void deliver(Period month) {
    var path = BASE + "/datasets/raw/ces/objects/ces.csv?period=" + month;
    var content = BodyPublishers.ofByteArray(deliveries().get(month));
    var stored = api.send("production", "PUT", path, content, "text/csv");
    assertThat(stored.status()).as(stored.text()).isEqualTo(200);
  }

  private void work() {
    for (var person : List.of("subject", "quality", "owner")) {
      for (var task : api.get(person, "/api/v1/tasks?subject=" + ROUND).json().path("items")) {
        var work = WORK.get(task.path("activity").asText());
        if (work != null && work.get(0).equals(person)) {
          var variables = work.get(1).replace("NOW", Instant.now().plusSeconds(1).toString());
          var done =
              api.post(
                  person,
                  "/api/v1/tasks/" + task.path("id").asText() + "/complete",
                  "{\"variables\":" + variables + "}");
          assertThat(done.status()).as(done.text()).isEqualTo(204);
        }
      }
    }
  }

  private static List<String> entries(ApiFixture.Reply zipped) throws IOException {
    var names = new ArrayList<String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(zipped.response().body()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
