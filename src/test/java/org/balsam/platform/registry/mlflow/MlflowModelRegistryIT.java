package org.balsam.platform.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.platform.messaging.HttpReceiver;
import org.balsam.platform.messaging.HttpReceiver.Answer;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelRegistryContract;
import org.balsam.platform.registry.OutsideChange;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.registry.RegistryProperties.Mlflow;
import org.balsam.platform.registry.Rollback;
import org.balsam.platform.registry.builtin.BuiltinModelRegistry;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The contract, and what MLflow shows, on a real MLflow server; each test is an installation. */
class MlflowModelRegistryIT extends ModelRegistryContract {

  private static final AtomicInteger INSTALLATIONS = new AtomicInteger();
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private final DataSource source = MigratedDatabase.create();
  private final JdbcClient database = JdbcClient.create(source);
  private final JdbcTransactionManager manager = new JdbcTransactionManager(source);
  private final TransactionTemplate transactions = new TransactionTemplate(manager);
  private final ScriptedServer server = ScriptedServer.shared("mlflow");
  private final Installation installation =
      new Installation("i" + INSTALLATIONS.incrementAndGet(), "tst");
  private final AtomicInteger broken = new AtomicInteger();
  private FaultyWay way;

  @Override
  protected ModelRegistry registry() {
    return mlflow();
  }

  private MlflowModelRegistry mlflow() {
    try {
      way = way == null ? new FaultyWay(server.address()) : way;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return new MlflowModelRegistry(
        new BuiltinModelRegistry(
            database,
            transactions,
            store(),
            new BucketNames(new Installation("nsi", "dev")),
            Clock.systemUTC()),
        settings(way.address(), null),
        installation,
        database,
        manager,
        store(),
        Clock.systemUTC());
  }

  private static Mlflow settings(URI address, Path credentials) {
    return new Mlflow(
        address,
        credentials,
        null,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5));
  }

  @AfterEach
  void closeTheWay() {
    way.close();
  }

  @Override
  protected ObjectStore store() {
    return new FilesystemObjectStore(folder, Clock.systemUTC());
  }

  @Override
  protected void flip(ModelFile file) throws IOException {
    Path content;
    try (var files = Files.walk(folder)) {
      content =
          files
              .filter(path -> path.toString().endsWith(".data"))
              .filter(path -> path.toString().replace(",/", "/").contains("/" + file.key() + "@/"))
              .filter(path -> path.getFileName().toString().startsWith(file.versionId()))
              .findFirst()
              .orElseThrow();
    }
    assertThat(content.toFile().setWritable(true)).isTrue();
    var bytes = Files.readAllBytes(content);
    bytes[0] ^= 1;
    Files.write(content, bytes);
  }

  @Test
  void mlflowShowsWhatWasDecided() {
    var one = champion(candidate(1), null);
    var two = candidate(2);
    assertThat(holder("champion")).isEqualTo("1.0.0");
    assertThat(holder("candidate")).isEqualTo("1.0.1");
    champion(two, one.id());
    assertThat(holder("champion")).isEqualTo("1.0.1");
    assertThat(holder("candidate")).isNull();
    var shown = shown();
    assertThat(shown).hasSize(2);
    for (var version : shown) {
      var first = tag(version, "balsam.version").equals("1.0.0");
      var model = registry.find(PROJECT, (first ? one : two).id()).orElseThrow();
      assertThat(tag(version, "balsam.alias")).isEqualTo(first ? "archived" : "champion");
      assertThat(tag(version, "balsam.artefact.sha256")).isEqualTo(model.artefact().value());
      assertThat(tag(version, "balsam.evidence.sha256")).isEqualTo(model.evidence().value());
      assertThat(tag(version, "balsam.training")).isEqualTo(model.training().value());
      assertThat(version.path("source").asText())
          .startsWith("s3://" + model.files().get(0).bucket() + "/damage/" + model.training());
      assertThat(metrics(version)).contains("evaluation.n");
    }
    registry.rollback(new Rollback("back", PROJECT, two.id(), one.id()));
    assertThat(holder("champion")).isEqualTo("1.0.0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatBreaksAtAnyRequestIsCompletedByRepeatingIt(boolean afterTheServerDidIt) {
    var one = champion(candidate(1), null);
    way.breakAt(Integer.MAX_VALUE, false);
    champion(candidate(2), one.id());
    var whole = way.requests();
    assertThat(whole).isBetween(10, 80);
    var champion = ModelVersionId.parse("damage@1.0.1");
    var number = 3;
    var step = whole / 6;
    for (var request = afterTheServerDidIt ? 2 : 1; number < 10; request += step) {
      way.breakAt(request, afterTheServerDidIt);
      var next = withRetries(number);
      var former = champion;
      champion = next.id();
      repeated(() -> champion(next, former));
      number++;
    }
    assertThat(broken).hasValueGreaterThanOrEqualTo(5);
    way.repair();
    assertThat(shown()).hasSize(number - 1);
    assertThat(shown().stream().map(version -> tag(version, "balsam.version")))
        .doesNotHaveDuplicates();
    assertThat(holder("champion")).isEqualTo(champion.label());
    assertThat(runs()).hasSize(number - 1);
    assertThat(mlflow().compare(200, null).items()).isEmpty();
  }

  private RegisteredModel withRetries(int number) {
    var result = new RegisteredModel[1];
    repeated(() -> result[0] = candidate(number));
    return result[0];
  }

  /** As the engine does: a service task that failed is tried again. */
  private void repeated(Runnable work) {
    try {
      work.run();
    } catch (ExternalFailure trouble) {
      assertThat(trouble.retryable()).isTrue();
      broken.incrementAndGet();
      work.run();
    }
  }

  @Test
  void aServerThatIsDownFailsAPromotionForAnotherTryButNoRollback() {
    var one = champion(candidate(1), null);
    var two = candidate(2);
    server.halt();
    try {
      var failure =
          catchThrowableOfType(
              ExternalFailure.class,
              () ->
                  transactions.executeWithoutResult(
                      status -> registry.promote(promotion(two, one.id()))));
      assertThat(failure.retryable()).isTrue();
      assertThat(failure).hasMessageStartingWith("mlflow: ").hasMessageNotContaining("127.0.0.1");
      assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION).orElseThrow().id())
          .isEqualTo(one.id());
    } finally {
      server.resume();
    }
    transactions.executeWithoutResult(status -> registry.promote(promotion(two, one.id())));
    assertThat(holder("champion")).isEqualTo("1.0.1");
    way.close();
    transactions.executeWithoutResult(
        status -> registry.rollback(new Rollback("back", PROJECT, two.id(), one.id())));
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION).orElseThrow().id())
        .isEqualTo(one.id());
    assertThat(holder("champion")).isEqualTo("1.0.1");
    way = null;
    assertThat(mlflow().compare(200, null).items()).isEmpty();
    assertThat(holder("champion")).isEqualTo("1.0.0");
  }

  @Test
  void anAliasThatSomebodyMovedIsFoundOnceAndPutBack() {
    var one = champion(candidate(1), null);
    champion(candidate(2), one.id());
    candidate(3);
    var registry = mlflow();
    assertThat(registry.compare(200, null).items()).isEmpty();
    alias("champion", number("1.0.0"));
    var changes = registry.compare(200, null).items();
    assertThat(changes)
        .extracting(OutsideChange::what, OutsideChange::decided, OutsideChange::found)
        .containsExactly(tuple("champion", "damage@1.0.1", "damage@1.0.0"));
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION).orElseThrow().id().label())
        .isEqualTo("1.0.1");
    assertThat(registry.compare(200, null).items().get(0).since())
        .isEqualTo(changes.get(0).since());
    registry.restore(PROJECT, DAMAGE);
    assertThat(holder("champion")).isEqualTo("1.0.1");
    assertThat(registry.compare(200, null).items()).isEmpty();

    post("registered-models/alias", "DELETE", "{\"name\":\"%s\",\"alias\":\"candidate\"}");
    post("model-versions/create", "POST", "{\"name\":\"%s\",\"source\":\"s3://elsewhere/model\"}");
    alias("champion", "4");
    assertThat(registry.compare(200, null).items())
        .extracting(change -> change.what() + ": " + change.found())
        .containsExactlyInAnyOrder(
            "champion: version 4, which is none of Balsam's", "candidate: none");
    registry.restore(PROJECT, DAMAGE);
    assertThat(holder("champion")).isEqualTo("1.0.1");
    assertThat(holder("candidate")).isEqualTo("1.0.2");
  }

  @Test
  void aChangedChecksumAndARemovedModelAreFoundAndShownAnew() {
    champion(candidate(1), null);
    var registry = mlflow();
    post(
        "model-versions/set-tag",
        "POST",
        "{\"name\":\"%s\",\"version\":\"1\",\"key\":\"balsam.artefact.sha256\",\"value\":\"x\"}");
    assertThat(registry.compare(200, null).items())
        .extracting(OutsideChange::what)
        .containsExactly("artefact");
    registry.restore(PROJECT, DAMAGE);
    assertThat(registry.compare(200, null).items()).isEmpty();
    post(
        "model-versions/delete",
        "DELETE",
        "{\"name\":\"%s\",\"version\":\"" + number("1.0.0") + "\"}");
    assertThat(registry.compare(200, null).items())
        .extracting(OutsideChange::what)
        .contains("artefact");
    registry.restore(PROJECT, DAMAGE);
    assertThat(holder("champion")).isEqualTo("1.0.0");
    post("registered-models/delete", "DELETE", "{\"name\":\"%s\"}");
    champion(candidate(2), ModelVersionId.parse("damage@1.0.0"));
    assertThat(shown()).hasSize(2);
    assertThat(holder("champion")).isEqualTo("1.0.1");
    post("registered-models/delete", "DELETE", "{\"name\":\"%s\"}");
    assertThat(registry.compare(200, null).items())
        .extracting(OutsideChange::what, OutsideChange::found)
        .containsExactly(tuple("model", "removed"));
    registry.restore(PROJECT, DAMAGE);
    assertThat(holder("champion")).isEqualTo("1.0.1");
    assertThat(registry.compare(200, null).items()).isEmpty();
  }

  @Test
  void aModelOfSomebodyElseIsNotTouched() {
    post("registered-models/create", "POST", "{\"name\":\"%s\"}");
    transactions.executeWithoutResult(
        status -> {
          assertRejected(
              ErrorCode.ALREADY_EXISTS,
              name(),
              () -> registry.register(registration(training("aaaaaa"), "weights")));
          assertThat(status.isRollbackOnly()).isFalse();
        });
    assertThat(shown()).isEmpty();
  }

  @Test
  void modelsAreComparedPageByPage() {
    for (var n = 0; n < 5; n++) {
      registry.register(
          registration(
              training("m0000" + n),
              new ModelName("model-" + n),
              ModelVersionId.Change.PATCH,
              "m" + n));
    }
    var first = mlflow().compare(2, null);
    assertThat(first.next()).isEqualTo("ml-strikes/model-1");
    assertThat(mlflow().compare(2, "ml-strikes/model-3").next()).isNull();
  }

  @Test
  void aProbeLeavesNothingBehind() throws IOException {
    mlflow().probe();
    mlflow().glance();
    var models = get("registered-models/search?max_results=1000").path("registered_models");
    assertThat(models.findValuesAsText("name")).noneMatch(name -> name.contains("balsam-probe"));
    try (var refusing = new HttpReceiver(request -> new Answer(401, "go away"))) {
      var keys = Files.writeString(folder.resolve("keys"), "balsam\ns3cret\n");
      var refused = new MlflowApi(settings(URI.create(refusing.url("/")), keys));
      assertThatThrownBy(() -> refused.get("experiments/get", Map.of()))
          .isInstanceOfSatisfying(
              ExternalFailure.class, failure -> assertThat(failure.retryable()).isFalse())
          .hasMessageContaining("credentials-file")
          .hasMessageNotContaining("s3cret");
      assertThat(refusing.received().get(0).headers().get("Authorization"))
          .isEqualTo("Basic YmFsc2FtOnMzY3JldA==");
    }
  }

  private String name() {
    return installation.organisation() + "-tst.ml-strikes.damage";
  }

  private void alias(String alias, String number) {
    post(
        "registered-models/alias",
        "POST",
        "{\"name\":\"%s\",\"alias\":\"" + alias + "\",\"version\":\"" + number + "\"}");
  }

  /** Balsam's version that has an alias in MLflow; null when none has. */
  private String holder(String alias) {
    for (var one : model().path("aliases")) {
      if (one.path("alias").asText().equals(alias)) {
        return shown().stream()
            .filter(version -> version.path("version").equals(one.path("version")))
            .map(version -> tag(version, "balsam.version"))
            .findFirst()
            .orElseThrow();
      }
    }
    return null;
  }

  private String number(String label) {
    return shown().stream()
        .filter(version -> tag(version, "balsam.version").equals(label))
        .findFirst()
        .orElseThrow()
        .path("version")
        .asText();
  }

  private JsonNode model() {
    return get("registered-models/get?name=" + name()).path("registered_model");
  }

  private List<JsonNode> shown() {
    var found =
        get(
            "model-versions/search?max_results=1000&filter="
                + URLEncoder.encode("name = '" + name() + "'", StandardCharsets.UTF_8));
    return List.copyOf(
        StreamSupport.stream(found.path("model_versions").spliterator(), false).toList());
  }

  private JsonNode runs() {
    var experiment =
        get(
            "experiments/get-by-name?experiment_name="
                + installation.organisation()
                + "-tst.ml-strikes");
    return post(
            "runs/search",
            "POST",
            "{\"experiment_ids\":["
                + experiment.path("experiment").path("experiment_id")
                + "],\"max_results\":1000}")
        .path("runs");
  }

  private List<String> metrics(JsonNode version) {
    return get("runs/get?run_id=" + version.path("run_id").asText())
        .path("run")
        .path("data")
        .path("metrics")
        .findValuesAsText("key");
  }

  private static String tag(JsonNode version, String key) {
    return MlflowModels.tag(version, key);
  }

  private JsonNode get(String path) {
    return send(HttpRequest.newBuilder(address(path)).build());
  }

  private JsonNode post(String path, String verb, String body) {
    return send(
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", "application/json")
            .method(verb, BodyPublishers.ofString(body.replace("%s", name())))
            .build());
  }

  private URI address(String path) {
    return server.address().resolve("/api/2.0/mlflow/" + path);
  }

  private static JsonNode send(HttpRequest request) {
    try {
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JSON.readTree(answer.body());
    } catch (IOException trouble) {
      throw new IllegalStateException(trouble);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
