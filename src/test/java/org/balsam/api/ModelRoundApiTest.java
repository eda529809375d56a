package org.balsam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId.Change;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelSource;
import org.balsam.platform.registry.Promotion;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.registry.Registration;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.VerifiedContent;
import org.balsam.standard.template.ProjectTemplates;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Rounds whose steps use a promoted model, pinned by version in balsam.yaml. */
class ModelRoundApiTest extends ApiTestBase {

  private static final ProjectId PROJECT = new ProjectId("emp-coded");
  private static final String BASE = "/api/v1/projects/" + PROJECT;
  private static final Forge.Author OLA = new Forge.Author("Ola Owner", "ola@nsi.invalid");
  private static final String CASES =
      """
            - name: cases
              gsbpm: "5.1"
              sql: steps/cases.sql
              inputs: [ces]
              outputs:
                - { dataset: std/cases, file: cases.csv }
        - name: code
          steps:
            - name: code
              gsbpm: "5.2"
              java: score-classifier
              inputs: [coder, std/cases]
              outputs:
                - { dataset: proc/coded, file: predictions.csv }
      """;
  private static final String CASES_SQL =
      """
      COPY (
        SELECT strftime(month, '%Y-%m') AS id, quarter(month) AS season, nonfarm_change AS change,
        NULL AS fell
        FROM read_csv('in/ces/*.csv', header = true) ORDER BY month
      ) TO 'out/cases.csv' (FORMAT csv, HEADER);
      """;
  private static final String MODELS =
      """
      models:
        coder:
          title: Did employment fall in the month?
          method: v1.0.0
          task: classification
          target: fell
          positive: "1"
          row: id
          classes: ["0", "1"]
          features: { season: category, change: number }
          seed: 7
          personal-data: false
          rollback: previous
          card: model-card.yaml
          inputs: [ces]
          stages:
            - name: sets
              steps:
                - name: sets
                  sql: steps/sets.sql
                  inputs: [ces]
                  outputs:
                    - { dataset: std/train, file: train.csv }
                    - { dataset: std/validation, file: validation.csv }
                    - { dataset: std/test, file: test.csv }
                    - { dataset: std/latest, file: latest.csv }
            - name: train
              steps:
                - name: train
                  java: train-classifier
                  inputs: [std/train]
                  outputs:
                    - { dataset: proc/model, file: model.onnx }
          sets: { train: std/train, validation: std/validation, test: std/test, latest: std/latest }
          artefact: proc/model
          predict: { name: score, java: score-classifier }
      """;

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

  @Autowired ModelRegistry registry;
  @Autowired Forge forge;
  @Autowired ObjectStore store;
  @Autowired BalsamHome home;
  @Autowired ProjectTemplates templates;
  @Autowired JobRuntime jobs;
  @Autowired BucketNames buckets;

  @Test
  void aRoundUsesThePromotedModelAndItsRecordNamesIt() throws IOException, OrtException {
    onboard(PROJECT.value(), "owner");
    for (var role : Role.values()) {
      directory.setRoles(PROJECT, role.value(), Set.of(role));
    }
    deliver();
    declareModel();
    var model = candidate();

    refusesWhatWasNotPromoted();
    registry.promote(
        new Promotion(
            "coder", PROJECT, model.id(), model.artefact(), model.evidence(), null, null));
    computesWithTheModel(model);
    saysThatTheModelWasRolledBack(model);
    stopsWhenAByteChanged(model);
  }

  /** After the run was checked, and before anybody has approved it. */
  private void saysThatTheModelWasRolledBack(RegisteredModel former) {
    var model = promoteNext(former);
    var round = start("2008-q1");
    await(
        () -> {
          work(round, "subject");
          return isOpen(round, "userTask_reviewResults");
        });
    rollBack(model);

    var refused = complete("quality", round, "{\"reviewDecision\":\"approve\"}");
    assertThat(refused.status()).as(refused.text()).isEqualTo(409);
    assertThat(refused.text())
        .contains("the model version coder@1.0.1 was rolled back on", "because: wrong months");
    var back =
        complete(
            "quality",
            round,
            "{\"reviewDecision\":\"redoSteps\",\"reviewReason\":\"the model is out of use\"}");
    assertThat(back.status()).as(back.text()).isEqualTo(204);

    await(() -> isOpen(round, "userTask_correctOrWaive"));
    var blocked = api.get("quality", "/api/v1/tasks/" + taskOf("quality", round)).text();
    assertThat(blocked).contains("models-in-use", "coder@1.0.1 was rolled back on");
    // who waives may not review
    directory.setRoles(PROJECT, "methodology", Set.of(Role.QUALITY));
    var waived =
        complete(
            "methodology",
            round,
            "{\"correctionDecision\":\"waive\",\"correctionReason\":\"its figures are right\"}");
    assertThat(waived.status()).as(waived.text()).isEqualTo(204);
    await(
        () -> {
          work(round);
          return api.get("owner", path(round)).json().path("state").asText().equals("released");
        });
    var record = api.get("auditor", path(round)).text();
    assertThat(record).contains("coder@1.0.1 was rolled back on", "its figures are right");
  }

  private RegisteredModel promoteNext(RegisteredModel former) {
    var training = new TrainingId(PROJECT, "a1b2c4");
    var file = ModelSource.stored("model.onnx", former.files().get(0).content());
    var registered =
        registry.register(
            new Registration(
                training,
                new ModelName("coder"),
                Change.PATCH,
                List.of(file),
                "{}".getBytes(UTF_8)));
    var gate = List.of(ModelSource.of("gate.json", "{\"n\":2}".getBytes(UTF_8)));
    var next = registry.attachEvidence(PROJECT, registered.id(), gate);
    registry.promote(
        new Promotion(
            "coder-2",
            PROJECT,
            next.id(),
            next.artefact(),
            next.evidence(),
            former.id(),
            former.id()));
    assertThat(next.id().value()).isEqualTo("coder@1.0.1");
    declare("coder@1.0.0", "coder@1.0.1", "mth/v1.2.0");
    return next;
  }

  private void rollBack(RegisteredModel model) {
    var asked =
        api.post(
            "production",
            BASE + "/models/coder/rollback",
            "{\"reason\":\"wrong months\",\"emergency\":true}");
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    await(
        () ->
            !api.get("owner", BASE + "/models/coder")
                .json()
                .at("/aliases/champion")
                .asText()
                .equals(model.id().value()));
  }

  private boolean isOpen(String round, String activity) {
    return List.of("subject", "quality").stream()
        .anyMatch(
            person ->
                api.get(person, "/api/v1/tasks?subject=" + round)
                    .json()
                    .path("items")
                    .findValuesAsText("activity")
                    .contains(activity));
  }

  private void refusesWhatWasNotPromoted() {
    var round = start("2008-q3");
    var shown = api.get("subject", "/api/v1/tasks/" + confirmTask(round)).text();
    assertThat(shown).contains("MISSING coder: the model coder@1.0.0 was never promoted");
    var refused = complete("subject", round, "{\"inputsDecision\":\"confirm\"}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("inputs-missing", "coder@1.0.0");
    var cancelled =
        complete(
            "subject", round, "{\"inputsDecision\":\"cancel\",\"inputsReason\":\"no model yet\"}");
    assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(204);
    awaitState(round, "cancelled");
  }

  private void computesWithTheModel(RegisteredModel model) throws IOException, OrtException {
    var round = start("2008-q4");
    work(round);
    var predictions = path(round) + "/outputs/proc/coded/predictions.csv";
    await(() -> api.get("quality", predictions).status() == 200);
    await(() -> taskOf("quality", round) != null || taskOf("subject", round) != null);
    await(
        () -> {
          work(round);
          return api.get("owner", path(round)).json().path("state").asText().equals("released");
        });
    var cases = output(round, "std/cases/cases.csv");
    assertThat(output(round, "proc/coded/predictions.csv")).isEqualTo(scored(model, cases));
    record(round, model);
    await(() -> api.get("auditor", path(round) + "/evidence").status() == 200);
    evidence(round, model);
  }

  private void record(String round, RegisteredModel model) {
    var record = api.get("auditor", path(round)).json();
    assertThat(record.at("/runs/0/models").toString()).isEqualTo("[\"coder@1.0.0\"]");
    var timeline = api.get("auditor", path(round) + "/timeline?limit=200").json();
    assertThat(timeline.path("items").findValuesAsText("action")).contains("round.model.pinned");
    assertThat(timeline.toString()).contains("coder@1.0.0", model.artefact().value());
    var reference = record.findValue("inputSet").asText();
    var pinned = Manifest.read(store, Manifest.Reference.parse(reference)).of("coder");
    assertThat(pinned)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.datasetVersion()).isEqualTo("coder@1.0.0");
              assertThat(entry.fileName()).isEqualTo("model.onnx");
              assertThat(entry.sha256()).isEqualTo(model.files().get(0).sha256());
            });
  }

  private void evidence(String round, RegisteredModel model) throws IOException {
    var entries = new HashMap<String, String>();
    var zipped = api.get("auditor", path(round) + "/evidence").response().body();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    var file = model.files().get(0);
    assertThat(entries.get("approved.json")).contains("\"models\":[\"coder@1.0.0\"]");
    assertThat(entries.get("round.json")).contains("coder@1.0.0");
    assertThat(entries.get("inputs.csv"))
        .contains("coder@1.0.0", file.versionId(), file.sha256().value());
  }

  /** What the file of the model says about the cases, computed here and not by the step. */
  private String scored(RegisteredModel model, String cases) throws OrtException, IOException {
    var rows = cases.lines().skip(1).map(line -> line.split(",")).toList();
    assertThat(rows).hasSizeGreaterThan(20);
    var seasons = rows.stream().map(row -> row[1]).toArray(String[]::new);
    var changes = FloatBuffer.allocate(rows.size());
    rows.forEach(row -> changes.put(row[2].isEmpty() ? Float.NaN : Float.parseFloat(row[2])));
    var shape = new long[] {rows.size(), 1};
    var environment = OrtEnvironment.getEnvironment();
    var bytes = model.files().get(0).content().read(store, 1 << 20);
    try (var session = environment.createSession(bytes);
        var season = OnnxTensor.createTensor(environment, seasons, shape);
        var change = OnnxTensor.createTensor(environment, changes.flip(), shape);
        var result = session.run(Map.of("season", season, "change", change))) {
      var probabilities = (float[][]) result.get("probabilities").orElseThrow().getValue();
      var text = new StringBuilder("row,truth,p_0,p_1\n");
      for (int i = 0; i < rows.size(); i++) {
        text.append(rows.get(i)[0]).append(",,");
        text.append(plain(probabilities[i][0])).append(',').append(plain(probabilities[i][1]));
        text.append('\n');
      }
      return text.toString();
    }
  }

  private static String plain(float value) {
    return new BigDecimal(Float.toString(value)).stripTrailingZeros().toPlainString();
  }

  private String output(String round, String file) {
    var reply = api.get("quality", path(round) + "/outputs/" + file);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.text();
  }

  private void work(String round) {
    work(round, "subject", "quality", "owner");
  }

  private void work(String round, String... people) {
    for (var person : people) {
      for (var task : api.get(person, "/api/v1/tasks?subject=" + round).json().path("items")) {
        var work = WORK.get(task.path("activity").asText());
        if (work != null && work.get(0).equals(person)) {
          var variables = work.get(1).replace("NOW", Instant.now().plusSeconds(1).toString());
          var target = "/api/v1/tasks/" + task.path("id").asText() + "/complete";
          var done = api.post(person, target, "{\"variables\":" + variables + "}");
          assertThat(done.status()).as(done.text()).isEqualTo(204);
        }
      }
    }
  }

  private void stopsWhenAByteChanged(RegisteredModel model) throws IOException {
    declare("coder@1.0.1", "coder@1.0.0", "mth/v1.3.0");
    var round = start("2008-q2");
    await(() -> confirmTask(round) != null);
    ModelTestBase.flip(home, model.files().get(0).key());
    var confirmed = complete("subject", round, "{\"inputsDecision\":\"confirm\"}");
    assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(204);
    var failures = "/api/v1/audit/events?action=engine.job.failed";
    await(() -> api.get("auditor", failures).text().contains("coder/model.onnx"));
    assertThat(api.get("auditor", failures).text()).contains(round, "expected sha256");
    assertThat(api.get("auditor", path(round)).json().path("steps")).isEmpty();
    assertThat(api.get("quality", path(round) + "/outputs/proc/coded/predictions.csv").status())
        .isEqualTo(404);
  }

  private void declareModel() {
    var main = forge.resolve(PROJECT, "main").orElseThrow();
    var before = new String(forge.read(PROJECT, main, "balsam.yaml").orElseThrow(), UTF_8);
    var after =
        before
                .replace("inputs:\n  ces:", "inputs:\n  coder: { model: coder@1.0.0 }\n  ces:")
                .replace(
                    "  - name: aggregate\n    steps:", CASES + "  - name: aggregate\n    steps:")
            + MODELS;
    assertThat(after).contains("{ model: coder@1.0.0 }", "java: score-classifier");
    commit(
        Map.of("balsam.yaml", after.getBytes(UTF_8), "steps/cases.sql", CASES_SQL.getBytes(UTF_8)),
        "mth/v1.1.0");
  }

  private void declare(String former, String next, String tag) {
    var main = forge.resolve(PROJECT, "main").orElseThrow();
    var before = new String(forge.read(PROJECT, main, "balsam.yaml").orElseThrow(), UTF_8);
    var after = before.replace(former, next);
    assertThat(after).isNotEqualTo(before);
    commit(Map.of("balsam.yaml", after.getBytes(UTF_8)), tag);
  }

  private void commit(Map<String, byte[]> files, String tag) {
    var change = new Forge.Change(files, "feat: code by model", OLA, true);
    var commit = forge.commit(PROJECT, "main", change);
    forge.ensureTag(PROJECT, tag, commit, "code by model", OLA);
  }

  /** Trains on the months that were delivered, by the program that trainings use. */
  private RegisteredModel candidate() {
    var training = new TrainingId(PROJECT, "a1b2c3");
    var artefact = train(new JobId(training.value()), trainingSet());
    var model =
        registry.register(
            new Registration(
                training,
                new ModelName("coder"),
                Change.PATCH,
                List.of(ModelSource.stored("model.onnx", artefact)),
                "{}".getBytes(UTF_8)));
    return registry.attachEvidence(
        PROJECT, model.id(), List.of(ModelSource.of("gate.json", "{}".getBytes(UTF_8))));
  }

  private VerifiedContent train(JobId job, String rows) {
    var work = buckets.of(PROJECT, "work");
    var set =
        store.put(work, "set/train.csv", new ByteArrayInputStream(rows.getBytes(UTF_8)), Map.of());
    jobs.submit(
        new JobSpec(
            job,
            PROJECT,
            new JobSpec.Code(forge.cloneUri(PROJECT), forge.resolve(PROJECT, "main").orElseThrow()),
            List.of(
                new JobSpec.Input(
                    "in/train/train.csv",
                    work,
                    set.key(),
                    set.versionId(),
                    set.size(),
                    set.sha256())),
            new JobSpec.Command(JobSpec.Kind.JAVA, "train-classifier", List.of()),
            Map.of(
                "BALSAM_TARGET", "fell",
                "BALSAM_ROW", "id",
                "BALSAM_CLASSES", "0,1",
                "BALSAM_FEATURES", "season:category,change:number",
                "BALSAM_SEED", "7"),
            List.of(new JobSpec.Output("proc/model", "out/model.onnx", work, "set/model.onnx")),
            new JobSpec.Resources(1, 512, 0, Duration.ofMinutes(2), 10 << 20),
            JobSpec.NetworkClass.OFFLINE));
    await(() -> jobs.status(job).filter(status -> status.state().ended()).isPresent());
    var status = jobs.status(job).orElseThrow();
    assertThat(status.state()).as(status.message()).isEqualTo(JobStatus.State.SUCCEEDED);
    var written = status.outputs().get(0);
    return new VerifiedContent(
        written.bucket(), written.key(), written.versionId(), written.size(), written.sha256());
  }

  private String trainingSet() {
    var text = new StringBuilder("id,season,change,fell\n");
    delivered()
        .forEach(
            (month, content) -> {
              var lines = new String(content, UTF_8).lines().toList();
              var header = List.of(lines.get(0).split(","));
              var cells = lines.get(1).split(",", -1);
              var change = cells[header.indexOf("nonfarm_change")];
              var season = (Integer.parseInt(cells[0].substring(5, 7)) + 2) / 3;
              text.append(month).append(',').append(season).append(',').append(change);
              text.append(change.startsWith("-") ? ",1\n" : ",0\n");
            });
    return text.toString();
  }

  private Map<Period, byte[]> delivered() {
    return templates
        .demoDeliveries("statistical-production")
        .get("raw/ces")
        .headMap(new Period("2008-12"));
  }

  private void deliver() {
    delivered()
        .forEach(
            (month, content) -> {
              var target = BASE + "/datasets/raw/ces/objects/ces.csv?period=" + month;
              var body = BodyPublishers.ofByteArray(content);
              assertThat(api.send("production", "PUT", target, body, "text/csv").status())
                  .isEqualTo(200);
            });
  }

  private String start(String period) {
    var started = api.post("owner", BASE + "/rounds", "{\"period\":\"" + period + "\"}");
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    var round = PROJECT + "-" + period + "-r0";
    await(() -> confirmTask(round) != null);
    return round;
  }

  private String confirmTask(String round) {
    return taskOf("subject", round);
  }

  private ApiFixture.Reply complete(String person, String round, String variables) {
    return api.post(
        person,
        "/api/v1/tasks/" + taskOf(person, round) + "/complete",
        "{\"variables\":" + variables + "}");
  }

  private void awaitState(String round, String state) {
    await(() -> api.get("owner", path(round)).json().path("state").asText().equals(state));
  }

  private static String path(String round) {
    return BASE + "/rounds/" + round;
  }
}
