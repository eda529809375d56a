package org.balsam.platform.registry.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Installation;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelRegistryContract;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.testing.MigratedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

class BuiltinModelRegistryTest extends ModelRegistryContract {

  @TempDir Path folder;

  private final DataSource source = MigratedDatabase.create();
  private final JdbcClient database = JdbcClient.create(source);
  private final TransactionTemplate transactions =
      new TransactionTemplate(new JdbcTransactionManager(source));

  @Override
  protected ModelRegistry registry() {
    return registry(transactions);
  }

  private ModelRegistry registry(TransactionOperations operations) {
    return new BuiltinModelRegistry(
        database,
        operations,
        store(),
        new BucketNames(new Installation("nsi", "dev")),
        Clock.systemUTC());
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

  /** Dies with its transaction: whatever was not committed is gone. */
  private record Dying(TransactionOperations transactions, boolean committed)
      implements TransactionOperations {
    @Override
    public <T> T execute(TransactionCallback<T> action) {
      transactions.execute(status -> work(action, status));
      throw new Killed();
    }

    private <T> T work(TransactionCallback<T> action, TransactionStatus status) {
      if (!committed) {
        status.setRollbackOnly();
      }
      return action.doInTransaction(status);
    }
  }

  private static final class Killed extends Error {}

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRegistrationThatWasKilledIsCompletedByRepeatingIt(boolean committed) throws IOException {
    var registration = registration(training("aaaaaa"), "weights");
    assertThatThrownBy(() -> registry(new Dying(transactions, committed)).register(registration))
        .isInstanceOf(Killed.class);
    assertThat(registry.find(training("aaaaaa")).isPresent()).isEqualTo(committed);
    var before = storedFiles();
    var model = registry.register(registration);
    assertThat(model.id().label()).isEqualTo("1.0.0");
    assertThat(storedFiles()).isEqualTo(before);
    assertThat(registry.versions(PROJECT, DAMAGE, 10, null).items()).containsExactly(model);
    registry.verify(PROJECT, model.id());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPromotionThatWasKilledIsWholeOrNotThere(boolean committed) {
    var one = champion(candidate(1), null);
    var two = candidate(2);
    var dying = registry(new Dying(transactions, committed));
    assertThatThrownBy(() -> dying.promote(promotion(two, one.id()))).isInstanceOf(Killed.class);
    var after = committed ? two.id() : one.id();
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION).orElseThrow().id()).isEqualTo(after);
    assertThat(registry.history(PROJECT, DAMAGE, 10, null).items()).hasSize(committed ? 4 : 3);
    champion(two, one.id());
    assertThat(registry.history(PROJECT, DAMAGE, 10, null).items()).hasSize(4);
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION).orElseThrow().id())
        .isEqualTo(two.id());
  }

  @Test
  void evidenceThatWasKilledIsCompletedByRepeatingIt() {
    var model = registry.register(registration(training("aaaaaa"), "weights"));
    var evidence = List.of(bytes("gate.json", "{}"));
    assertThatThrownBy(
            () ->
                registry(new Dying(transactions, false))
                    .attachEvidence(PROJECT, model.id(), evidence))
        .isInstanceOf(Killed.class);
    assertThat(registry.find(PROJECT, model.id())).contains(model);
    assertThat(registry.attachEvidence(PROJECT, model.id(), evidence).evidence()).isNotNull();
  }

  @Test
  void aRefusalLeavesTheCallersTransactionUsable() {
    var one = champion(candidate(1), null);
    var two = candidate(2);
    transactions.executeWithoutResult(
        status -> {
          assertRejected(ErrorCode.CHAMPION_CHANGED, "damage", () -> champion(two, null));
          champion(two, one.id());
          assertThat(status.isRollbackOnly()).isFalse();
        });
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION).orElseThrow().id())
        .isEqualTo(two.id());
  }

  @Test
  void aVersionIsSeenWithItsFilesWhileOthersAreWritten() throws Exception {
    candidate(0);
    var reader = Executors.newSingleThreadExecutor();
    try {
      var done = new AtomicBoolean();
      var reading =
          reader.submit(
              () -> {
                var seen = 0;
                while (!done.get()) {
                  var newest = registry.alias(PROJECT, DAMAGE, Alias.CANDIDATE).orElseThrow();
                  assertThat(newest.files()).hasSize(2);
                  seen++;
                }
                return seen;
              });
      for (var n = 1; n < 30; n++) {
        registry.register(registration(training("r%05d".formatted(n)), "weights " + n));
      }
      done.set(true);
      assertThat(reading.get(1, TimeUnit.MINUTES)).isPositive();
    } finally {
      reader.shutdownNow();
    }
  }

  @Test
  void nobodyMovesTheAliasWhileTheChampionIsActedOn() throws Exception {
    var one = champion(candidate(1), null);
    var two = candidate(2);
    var another = Executors.newSingleThreadExecutor();
    try {
      var promotion =
          transactions.execute(
              status -> {
                assertThat(registry.lockChampion(PROJECT, DAMAGE).id()).isEqualTo(one.id());
                var waiting = another.submit(() -> champion(two, one.id()));
                assertThatThrownBy(() -> waiting.get(500, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
                return waiting;
              });
      assertThat(promotion.get(1, TimeUnit.MINUTES).alias()).isEqualTo(Alias.CHAMPION);
      assertThat(registry.lockChampion(PROJECT, DAMAGE).id()).isEqualTo(two.id());
    } finally {
      another.shutdownNow();
    }
  }

  @Test
  void whatWasRegisteredAndWhoWasChampionCannotBeDeleted() {
    champion(candidate(1), null);
    for (var sql :
        List.of(
            "delete from balsam.model_version",
            "delete from balsam.model_alias_move",
            "update balsam.model_alias_move set person = 'x'",
            "truncate balsam.model_alias_move")) {
      assertThatThrownBy(() -> database.sql(sql).update())
          .as(sql)
          .hasStackTraceContaining("permission denied");
    }
  }

  private List<String> storedFiles() throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }
}
