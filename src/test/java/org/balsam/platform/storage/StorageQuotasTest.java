package org.balsam.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Quotas on a real database and real storage. */
class StorageQuotasTest {

  private static DataSource database;
  private static int count;

  @TempDir Path folder;

  private ProjectId project;
  private BucketName raw;
  private BucketName records;
  private StorageQuotas quotas;
  private ObjectStore store;

  @BeforeAll
  static void makeDatabase() {
    database = MigratedDatabase.create();
  }

  @BeforeEach
  void makeProject() {
    project = new ProjectId("quota-" + (char) ('a' + count++));
    raw = new BucketName("nsi-dev-" + project + "-raw");
    records = new BucketName("nsi-dev-" + project + "-prov");
    quotas = new StorageQuotas(JdbcClient.create(database), DataSize.ofBytes(100));
    store = new FilesystemObjectStore(folder, Clock.systemUTC(), quotas::take);
    store.ensureBucket(raw, project);
    store.ensureBucket(records, project);
  }

  private StoredObject put(BucketName bucket, String key, int bytes) {
    return store.put(bucket, key, new ByteArrayInputStream(new byte[bytes]), Map.of());
  }

  private long used() {
    return quotas.of(project).usedBytes();
  }

  @Test
  void aProjectStoresUpToItsQuotaAndIsToldWhatToDoThen() {
    put(raw, "a", 60);
    assertThatThrownBy(() -> put(raw, "b", 41))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
        .hasMessageContaining("quota of " + project)
        .hasMessageContaining("60 of 100 bytes are used")
        .hasMessageContaining(raw + "/b needs 41 bytes more")
        .hasMessageContaining("administrator of the platform")
        .hasMessageContaining("PUT /api/v1/projects/" + project + "/storage-quota");
    put(raw, "b", 40);
    assertThat(put(raw, "b", 40).size()).isEqualTo(40);
    assertThat(used()).isEqualTo(100);
    assertThatThrownBy(() -> quotas.requireRoom(project)).isInstanceOf(Rejection.class);
    quotas.set(project, 101L);
    quotas.requireRoom(project);
    assertThat(quotas.of(project).quotaBytes()).isEqualTo(101);
    quotas.set(project, null);
    assertThat(quotas.of(project).quotaBytes()).isEqualTo(100);
  }

  @Test
  void recordsOfBalsamsOwnAreKeptInAnyCaseAndCount() {
    put(raw, "a", 100);
    put(records, "evidence", 50);
    assertThat(used()).isEqualTo(150);
  }

  @Test
  void withoutAQuotaThereIsRoomForEverything() {
    var unlimited = new StorageQuotas(JdbcClient.create(database), null);
    unlimited.take(raw, "a", Long.MAX_VALUE / 2);
    unlimited.requireRoom(project);
    assertThat(unlimited.of(project).quotaBytes()).isNull();
    assertThatThrownBy(() -> quotas.take(raw, "b", Long.MAX_VALUE)).isInstanceOf(Rejection.class);
  }

  @Test
  void whatIsRolledBackDoesNotCount() {
    new TransactionTemplate(new DataSourceTransactionManager(database))
        .executeWithoutResult(
            status -> {
              put(raw, "a", 60);
              status.setRollbackOnly();
            });
    assertThat(used()).isZero();
  }

  @Test
  void measuringFindsWhatCameByOtherWaysAndCountsNothingTwice() {
    put(raw, "a", 20);
    var others = new FilesystemObjectStore(folder, Clock.systemUTC());
    others.put(raw, "step", new ByteArrayInputStream(new byte[30]), Map.of());
    assertThat(used()).isEqualTo(20);
    meter().round();
    assertThat(used()).isEqualTo(50);
    assertThat(quotas.of(project).measuredAt()).isNotNull();
    put(raw, "b", 5);
    assertThat(used()).isEqualTo(55);
    meter().round();
    assertThat(quotas.of(project).usedBytes()).as("it is not due yet").isEqualTo(55);
    others.put(raw, "step", new ByteArrayInputStream(new byte[3]), Map.of());
    JdbcClient.create(database)
        .sql("update balsam.storage_use set begun_at = begun_at - interval '7 hours'")
        .update();
    meter().round();
    assertThat(used()).isEqualTo(58);
  }

  private StorageMeter meter() {
    return new StorageMeter(
        quotas, store, new BucketNames(new Installation("nsi", "dev")), Duration.ofHours(6));
  }

  @Test
  void oneNodeMeasuresAProjectAtATime() {
    put(raw, "a", 1);
    var due = Duration.ofMinutes(1);
    var taken = 0;
    for (var next = quotas.takeDue(due); next.isPresent(); next = quotas.takeDue(due)) {
      if (next.get().project().equals(project)) {
        taken++;
      }
    }
    assertThat(taken).isEqualTo(1);
  }

  @Test
  void projectsOfAnEarlierReleaseAreMeasuredBeforeTheyStoreAnything() {
    var access = TestDatabase.create();
    MigratedDatabase.migrate(access, "79");
    var earlier = MigratedDatabase.open(access);
    JdbcClient.create(earlier)
        .sql(
            """
            insert into balsam.project (id, name, purpose, template, template_parameters, owner,
              classification, kind, state, requested_by, requested_at, version)
            values ('older', 'Older', 'p', 't', '{}', 'o', 'internal', 'statistics', 'active', 'o', now(), 0)
            """)
        .update();
    MigratedDatabase.migrate(access);
    var upgraded = new StorageQuotas(JdbcClient.create(earlier), null);
    assertThat(upgraded.of(new ProjectId("older")).measuredAt()).isNull();
    assertThat(upgraded.takeDue(Duration.ofHours(6)))
        .hasValueSatisfying(due -> assertThat(due.project().value()).isEqualTo("older"));
    assertThat(upgraded.takeDue(Duration.ofHours(6))).isEmpty();
  }
}
