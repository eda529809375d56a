package org.balsam.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.balsam.audit.AuditEntry;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId.Change;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.messaging.Messenger.Kind;
import org.balsam.platform.registry.RegistryProperties.Mlflow;
import org.balsam.platform.registry.builtin.BuiltinModelRegistry;
import org.balsam.platform.registry.mlflow.MlflowModelRegistry;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.balsam.testing.RecordedNotices;
import org.balsam.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who changes a model in MLflow is noticed; on a real MLflow server. */
class RegistryWatchIT {

  private static final ProjectId PROJECT = new ProjectId("ml-strikes");
  private static final Installation INSTALLATION = new Installation("watch", "tst");

  @TempDir Path folder;

  private final ScriptedServer server = ScriptedServer.shared("mlflow");
  private final DataSource source = MigratedDatabase.create();
  private final JdbcClient database = JdbcClient.create(source);
  private final JdbcTransactionManager manager = new JdbcTransactionManager(source);
  private final RecordedNotices notices = new RecordedNotices();
  private final RecordedAudit audit = new RecordedAudit();

  @Test
  void anAliasThatSomebodyMovedIsAlarmedOnceRecordedAndPutBack() throws Exception {
    var registry = registry();
    var one = registered(registry, "aaaaaa");
    promote(registry, one, null);
    promote(registry, registered(registry, "bbbbbb"), one);
    var watch = watch(registry);
    watch.round();
    assertThat(notices.about(PROJECT)).isEmpty();
    move("1");
    runAtOnce(watch, watch(registry()));
    assertThat(notices.about(PROJECT))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.kind()).isEqualTo(Kind.ALARM);
              assertThat(notice.groups()).contains("ml-strikes/owner", "platform/administrator");
              assertThat(notice.text()).contains("damage@1.0.0", "damage@1.0.1");
            });
    assertThat(audit.together())
        .extracting(AuditEntry::action)
        .containsExactly("model.changed.outside", "model.shown.again");
    assertThat(audit.together().get(0).details())
        .containsEntry("found", "damage@1.0.0")
        .containsEntry("decided", "damage@1.0.1");
    watch.round();
    move("1");
    watch.round();
    assertThat(notices.about(PROJECT)).hasSize(2);
    assertThat(registry.alias(PROJECT, new ModelName("damage"), Alias.CHAMPION))
        .map(model -> model.id().label())
        .contains("1.0.1");
  }

  @Test
  void itRunsByItselfUntilItIsStoppedAndOutlivesAServerThatIsDown() {
    var down =
        new MlflowModelRegistry(
            decided(),
            settings(URI.create("http://127.0.0.1:1")),
            INSTALLATION,
            database,
            manager,
            store(),
            Clock.systemUTC());
    var watch = watch(down);
    assertThat(watch.isAutoStartup()).isTrue();
    watch.start();
    assertThat(watch.isRunning()).isTrue();
    watch.stop();
    assertThat(watch.isRunning()).isFalse();
    var idle =
        new RegistryWatch(
            Optional.empty(), notices, audit, database, manager, Duration.ofSeconds(1));
    assertThat(idle.isAutoStartup()).isFalse();
  }

  private static void runAtOnce(RegistryWatch... watches) throws Exception {
    var threads = Executors.newFixedThreadPool(watches.length);
    try {
      var runs =
          Arrays.stream(watches)
              .map(watch -> (Callable<Object>) Executors.callable(watch::round))
              .toList();
      for (var run : threads.invokeAll(runs)) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void move(String number) throws Exception {
    var body =
        "{\"name\":\"watch-tst.ml-strikes.damage\",\"alias\":\"champion\",\"version\":\"%s\"}"
            .formatted(number);
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        server.address().resolve("/api/2.0/mlflow/registered-models/alias"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private RegistryWatch watch(MlflowModelRegistry registry) {
    return new RegistryWatch(
        Optional.of(registry), notices, audit, database, manager, Duration.ofSeconds(1));
  }

  private MlflowModelRegistry registry() {
    return new MlflowModelRegistry(
        decided(),
        settings(server.address()),
        INSTALLATION,
        database,
        manager,
        store(),
        Clock.systemUTC());
  }

  private BuiltinModelRegistry decided() {
    return new BuiltinModelRegistry(
        database,
        new TransactionTemplate(manager),
        store(),
        new BucketNames(INSTALLATION),
        Clock.systemUTC());
  }

  private FilesystemObjectStore store() {
    return new FilesystemObjectStore(folder, Clock.systemUTC());
  }

  private static Mlflow settings(URI address) {
    return new Mlflow(
        address, null, null, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5));
  }

  private static RegisteredModel registered(ModelRegistry registry, String training) {
    var model =
        registry.register(
            new Registration(
                new TrainingId(PROJECT, training),
                new ModelName("damage"),
                Change.PATCH,
                List.of(ModelSource.of("model.onnx", training.getBytes(UTF_8))),
                "{}".getBytes(UTF_8)));
    return registry.attachEvidence(
        PROJECT, model.id(), List.of(ModelSource.of("gate.json", "{}".getBytes(UTF_8))));
  }

  private static void promote(
      ModelRegistry registry, RegisteredModel model, RegisteredModel former) {
    registry.promote(
        new Promotion(
            model.training() + "/promote",
            PROJECT,
            model.id(),
            model.artefact(),
            model.evidence(),
            former == null ? null : former.id(),
            null));
  }
}
