package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.template.ProjectTemplates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What people get wrong, over HTTP: each is told what, where, what is allowed and what to do, and
 * nothing is left half done.
 */
class BadInputIT extends ApiTestBase {

  private static final ProjectId PROJECT = new ProjectId("emp-bad");
  private static final String BASE = "/api/v1/projects/" + PROJECT;
  private static final Forge.Author MEMBER = new Forge.Author("Prod", "production@example.org");

  private static final AtomicInteger METHODS = new AtomicInteger();

  @Autowired Forge forge;
  @Autowired JdbcClient jdbc;
  @Autowired BalsamHome home;
  @Autowired ProjectTemplates templates;

  /** A step that goes wrong, and what its owner reads. */
  enum BadStep {
    FAILS("2001-q1", "echo no such survey >&2; exit 3", "exit code 3", "no such survey"),
    TIMES_OUT("2001-q2", "sleep 60", "ran longer than its limit", "resources: time"),
    WRITES_TOO_MUCH(
        "2001-q3", "head -c 10737418240 /dev/zero > out/t.csv", "1048576 bytes", "output"),
    WRITES_NOTHING("2001-q4", "true", "out/t.csv", "not");

    private final String period;
    private final String shell;
    private final String[] told;

    BadStep(String period, String shell, String... told) {
      this.period = period;
      this.shell = shell;
      this.told = told;
    }
  }

  @BeforeEach
  void onboard() {
    if (api.get("owner", BASE).status() == 404) {
      onboard(PROJECT.value(), "owner");
      for (var role : Role.values()) {
        directory.setRoles(PROJECT, role.value(), Set.of(role));
      }
    }
  }

  @Test
  void aMalformedProjectFileIsRefusedWithFileLineAndWhatIsAllowed() {
    commit("balsam: 1\nproduct:\n  title: T\n  type: secret\n  frequency: quarter\n  unit: u\n");
    var before = traces();
    var refused = start("2000-q1");
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.text())
        .contains("balsam.yaml:4", "secret", "official", "experimental")
        .doesNotContain("Exception");
    assertThat(traces()).isEqualTo(before);
  }

  @Test
  void anUnknownPeriodIsRefusedWithWhatIsAllowed() {
    commit(project("true"));
    var before = traces();
    for (var period : List.of("2026-q5", "2026-13", "q1", "2026-q1\\u0000")) {
      var refused = start(period);
      assertThat(refused.status()).as(refused.text()).isEqualTo(400);
      assertThat(refused.where()).as(refused.text()).contains("period");
    }
    assertThat(start("2026-q5").text()).contains("2026-q5", "q1");
    assertThat(api.get("owner", BASE + "/rounds/emp-bad-2026-q5-r0").status()).isIn(400, 404);
    assertThat(traces()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"../evil", "a/../../evil", "..", "emp-bad/../x", "%2e%2e", "EMP", "con:1"})
  void aProjectNameThatIsAPathIsRefused(String name) throws Exception {
    var before = traces();
    var folders = folders();
    var refused = api.post("owner", "/api/v1/projects", newProject(name));
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.where()).contains("id");
    assertThat(refused.text()).contains("letters");
    assertThat(traces()).isEqualTo(before);
    assertThat(folders()).isEqualTo(folders);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/rounds/..%2f..%2fevil/evidence",
        "/datasets/raw/ces/objects/..%2fevil.csv?period=2001-01",
        "/rounds/../../../etc/passwd",
        "/rounds//evil",
        "/rounds/evil%00"
      })
  void anAddressThatIsAPathIsRefusedInTheSameForm(String path) {
    var refused = api.get("owner", BASE + path);
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    assertThat(refused.code()).startsWith("invalid-i");
    assertThat(refused.text()).doesNotContain("Tomcat", "not accepted");
  }

  @ParameterizedTest
  @EnumSource
  void aStepThatGoesWrongIsExplainedAndLeavesNothing(BadStep bad) throws Exception {
    commit(project(bad.shell));
    var round = lead(bad.period);
    assertThat(failure(round)).contains(bad.told).doesNotContain("\tat ");
    assertThat(step(round).path("message").asText()).contains(bad.told);
    leavesNothing(round, bad.period);
  }

  @Test
  void aDeliveryWithoutAColumnIsExplainedByTheStepThatMissesIt() throws Exception {
    var original = templates.demoDeliveries("statistical-production").get("raw/ces");
    method(template());
    for (var month : List.of("2006-10", "2006-11")) {
      var text = new String(original.get(new Period(month)), StandardCharsets.UTF_8);
      deliver(month, text.replaceFirst("nonfarm", "nonfram"));
    }
    var round = lead("2006-q4");
    assertThat(failure(round)).contains("integrate", "nonfarm").doesNotContain("\tat ");
    leavesNothing(round, "2006-q4");
  }

  private Map<String, byte[]> template() {
    var other = new ProjectId(P);
    var commit = forge.resolve(other, "main").orElseThrow();
    return Map.of(
        "balsam.yaml", forge.read(other, commit, "balsam.yaml").orElseThrow(),
        "steps/integrate.sql", forge.read(other, commit, "steps/integrate.sql").orElseThrow());
  }

  /** Starts a round, confirms its inputs, and waits until somebody has to decide on the failure. */
  private String lead(String period) {
    var started = start(period);
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    var round = PROJECT + "-" + period + "-r0";
    await(() -> taskOf("subject", round) != null);
    complete(round, "{\"inputsDecision\":\"confirm\"}");
    await(() -> "userTask_decideOnFailedRun".equals(activity(round)));
    return round;
  }

  private void complete(String round, String variables) {
    var path = "/api/v1/tasks/" + taskOf("subject", round) + "/complete";
    var done = api.post("subject", path, "{\"variables\":" + variables + "}");
    assertThat(done.status()).as(done.text()).isEqualTo(204);
  }

  private String activity(String round) {
    return api.get("subject", "/api/v1/tasks?subject=" + round)
        .json()
        .at("/items/0/activity")
        .asText();
  }

  private String failure(String round) {
    var task = api.get("subject", "/api/v1/tasks/" + taskOf("subject", round)).json();
    return task.at("/context/failure").asText();
  }

  private JsonNode step(String round) {
    return api.get("subject", BASE + "/rounds/" + round).json().at("/steps/0");
  }

  /** No output is known or stored, and after the round is given up its workspace is gone too. */
  private void leavesNothing(String round, String period) throws Exception {
    var view = api.get("subject", BASE + "/rounds/" + round).json();
    assertThat(view.path("release").isMissingNode() || view.path("release").isNull()).isTrue();
    assertThat(step(round).path("outputs")).isEmpty();
    assertThat(rows("select count(*) from balsam.step_output where run like ?", round + "%"))
        .isZero();
    var job = step(round).path("job").asText();
    assertThat(home.resolve("jobs").resolve(job).resolve("work")).doesNotExist();
    assertThat(objects(period)).noneMatch(key -> key.contains("/t.csv") || key.contains("/std/"));
    complete(round, "{\"failureDecision\":\"cancel\",\"failureReason\":\"a test\"}");
    await(
        () ->
            api.get("owner", BASE + "/rounds/" + round)
                .json()
                .path("state")
                .asText()
                .equals("cancelled"));
    await(
        () ->
            rows("select count(*) from engine.act_ru_execution where business_key_ = ?", round)
                == 0);
    assertThat(workspaces()).noneMatch(folder -> folder.contains(period));
  }

  private List<String> objects(String period) throws Exception {
    return walk(home.resolve("objects")).stream()
        .filter(path -> path.contains(PROJECT.value()) && path.contains(period + "/r0/"))
        .toList();
  }

  private List<String> workspaces() throws Exception {
    return walk(home.resolve("workspaces"));
  }

  private static List<String> walk(Path folder) throws Exception {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.map(Path::toString).toList();
    }
  }

  private List<String> folders() throws Exception {
    try (var paths = Files.walk(home.home(), 2);
        var beside = Files.list(home.home().getParent())) {
      return Stream.concat(paths, beside)
          .map(Path::toString)
          .filter(path -> path.contains("evil") || path.contains("/git") || path.contains("/obj"))
          .sorted()
          .toList();
    }
  }

  /** How much there is of what a refused request must not add to. */
  private List<Long> traces() {
    return Stream.of("balsam.project", "balsam.round", "balsam.dataset_version")
        .map(table -> rows("select count(*) from " + table + " where ? is not null", "x"))
        .toList();
  }

  private long rows(String sql, String parameter) {
    return jdbc.sql(sql).param(parameter).query(Long.class).single();
  }

  private ApiFixture.Reply start(String period) {
    return api.post("owner", BASE + "/rounds", "{\"period\":\"" + period + "\"}");
  }

  private void deliver(String month, String csv) {
    var path = BASE + "/datasets/raw/ces/objects/ces.csv?period=" + month;
    var stored = api.send("production", "PUT", path, BodyPublishers.ofString(csv), "text/csv");
    assertThat(stored.status()).as(stored.text()).isEqualTo(200);
  }

  private void commit(String projectFile) {
    method(Map.of("balsam.yaml", projectFile.getBytes(StandardCharsets.UTF_8)));
  }

  /** As members change a method: a commit and the next tag, which the next round takes. */
  private void method(Map<String, byte[]> files) {
    var change = new Forge.Change(files, "a change", MEMBER, true);
    var commit = forge.commit(PROJECT, "main", change);
    forge.ensureTag(PROJECT, "mth/v2.0." + METHODS.incrementAndGet(), commit, "a change", MEMBER);
  }

  private static String project(String shell) {
    return """
        balsam: 1
        product: { title: Test, type: official, frequency: quarter, unit: persons }
        inputs:
          ces: { dataset: raw/ces, required: false }
        stages:
          - name: only
            steps:
              - name: only
                gsbpm: "5.1"
                command: [sh, -c, '%s']
                inputs: [ces]
                outputs:
                  - { dataset: out/tab, file: t.csv }
                resources: { cpu: 1, memory: 256Mi, time: PT3S, output: 1Mi }
        release: [out/tab]
        checks:
          - { name: whole, type: completeness, gsbpm: "6.2", dataset: out/tab, severity: block }
        """
        .formatted(shell);
  }
}
