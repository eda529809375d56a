package org.balsam.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditEntry.Outcome;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId.Change;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.messaging.Messenger;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.balsam.testing.RecordedNotices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The registry as {@link RegistryConfiguration} publishes it. */
class AuditedModelRegistryTest {

  private static final ProjectId PROJECT = new ProjectId("ml-strikes");

  @TempDir java.nio.file.Path home;

  private final RecordedAudit audit = new RecordedAudit();
  private ApplicationContextRunner application;

  @EnableConfigurationProperties({BalsamHome.class, Installation.class, RegistryProperties.class})
  static class Properties {}

  @BeforeEach
  void describeApplication() {
    var source = MigratedDatabase.create();
    var clock = java.time.Clock.systemUTC();
    application =
        new ApplicationContextRunner()
            .withUserConfiguration(Properties.class, RegistryConfiguration.class, BucketNames.class)
            .withBean(java.time.Clock.class, () -> clock)
            .withBean(AuditTrail.class, () -> audit)
            .withBean(Messenger.class, RecordedNotices::new)
            .withBean(JdbcClient.class, () -> JdbcClient.create(source))
            .withBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(source))
            .withBean(ObjectStore.class, () -> new FilesystemObjectStore(home, clock))
            .withPropertyValues("balsam.home=" + home);
  }

  @Test
  void onlyTheAuditedRegistryIsPublished() {
    application.run(
        context -> {
          assertThat(context).hasSingleBean(ModelRegistry.class);
          assertThat(context.getBean(ModelRegistry.class)).isInstanceOf(AuditedModelRegistry.class);
        });
  }

  @Test
  void aBadValueFailsAtStartAndNamesTheKey() {
    application
        .withPropertyValues("balsam.registry.type=drawer")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("balsam.registry.type")
                    .hasStackTraceContaining("drawer"));
  }

  @Test
  void aServerWithoutItsAddressFailsAtStartAndNamesTheKey() {
    application
        .withPropertyValues("balsam.registry.type=mlflow")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("balsam.registry.mlflow.url: is not set"));
    application
        .withPropertyValues(
            "balsam.registry.type=mlflow", "balsam.registry.mlflow.url=ftp://mlflow.nsi.example")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("balsam.registry.mlflow.url")
                    .hasStackTraceContaining("allowed: https://host:port/path"));
  }

  @Test
  void everyChangeAndRefusalIsRecorded() {
    application.run(context -> recordEverything(context.getBean(ModelRegistry.class)));
  }

  private void recordEverything(ModelRegistry registry) {
    var one = candidate(registry, "aaaaaa");
    var two = candidate(registry, "bbbbbb");
    var three = candidate(registry, "cccccc");
    var first = promotion(one, null);
    registry.promote(first);
    assertThatThrownBy(() -> registry.promote(promotion(two, null))).isInstanceOf(Rejection.class);
    registry.promote(promotion(two, one));
    registry.rollback(new Rollback("back", PROJECT, two.id(), one.id()));
    registry.archive(PROJECT, three.id());
    assertThat(audit.together())
        .filteredOn(entry -> !entry.action().equals("model.registered"))
        .filteredOn(entry -> !entry.action().equals("model.evidence.attached"))
        .extracting(AuditEntry::action, AuditEntry::project, AuditEntry::subject)
        .containsExactly(
            tuple("model.promoted", "ml-strikes", "damage@1.0.0"),
            tuple("model.promoted", "ml-strikes", "damage@1.0.1"),
            tuple("model.rolled.back", "ml-strikes", "damage@1.0.0"),
            tuple("model.archived", "ml-strikes", "damage@1.0.2"));
    assertThat(audit.together().get(0))
        .extracting(
            AuditEntry::action, AuditEntry::subject, entry -> entry.details().get("version"))
        .containsExactly("model.registered", "ml-strikes-train-aaaaaa", "damage@1.0.0");
    assertThat(audit.together().get(1).action()).isEqualTo("model.evidence.attached");
    assertThat(audit.together().get(6).details())
        .containsEntry("artefact", one.artefact().value())
        .containsEntry("evidence", one.evidence().value())
        .containsEntry("approvedEvidence", one.evidence().value())
        .containsEntry("expectedChampion", "none");
    assertThat(audit.separately())
        .extracting(AuditEntry::action, AuditEntry::outcome, entry -> entry.details().get("code"))
        .containsExactly(tuple("model.promoted", Outcome.REFUSED, "champion-changed"));
  }

  private static Promotion promotion(RegisteredModel model, RegisteredModel champion) {
    return new Promotion(
        model.id() + (champion == null ? "/first" : "/next"),
        PROJECT,
        model.id(),
        model.artefact(),
        model.evidence(),
        champion == null ? null : champion.id(),
        null);
  }

  private static RegisteredModel candidate(ModelRegistry registry, String suffix) {
    var model =
        registry.register(
            new Registration(
                new TrainingId(PROJECT, suffix),
                new ModelName("damage"),
                Change.PATCH,
                List.of(ModelSource.of("model.onnx", suffix.getBytes(UTF_8))),
                "{}".getBytes(UTF_8)));
    return registry.attachEvidence(
        PROJECT, model.id(), List.of(ModelSource.of("gate.json", suffix.getBytes(UTF_8))));
  }
}
