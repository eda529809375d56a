package org.balsam.platform.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.balsam.audit.AuditEntry;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The real table, in a PostgreSQL. */
class AdapterChangeTest {

  private final javax.sql.DataSource source = MigratedDatabase.create();
  private final JdbcClient jdbc = JdbcClient.create(source);
  private final RecordedAudit audit = new RecordedAudit();
  private final List<String> adopted = new ArrayList<>();
  private List<String> projects = List.of();
  private List<String> steps = List.of();

  @Test
  void theFirstStartIsRemembered() {
    start("filesystem");
    start("filesystem");
    assertThat(recorded("storage")).isEqualTo("filesystem");
    assertThat(recorded("compute")).isEqualTo("local");
    assertThat(audit.together()).isEmpty();
  }

  @Test
  void aChangeIsFreeAsLongAsNothingIsKept() {
    start("filesystem");
    start("minio");
    assertThat(recorded("storage")).isEqualTo("minio");
    assertThat(audit.together())
        .containsExactly(
            AuditEntry.done("adapter.changed", null, "storage")
                .with("from", "filesystem")
                .with("to", "minio"));
  }

  @Test
  void aChangeUnderAProjectIsRefusedWithTheWayToMigrate() {
    start("filesystem");
    projects = IntStream.rangeClosed(1, 9).mapToObj(i -> "project p" + i).toList();
    for (var i = 0; i < 2; i++) {
      assertThatThrownBy(() -> start("minio"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "balsam.storage.type is 'minio', but 'filesystem' holds project p1, project p2,"
                  + " project p3, project p4, project p5 and more. Set it back; or bring what they"
                  + " have there to the new one as docs/operations.md, 'Changing an adapter',"
                  + " says, and start once with --balsam.adapters.moved=storage");
    }
    assertThat(recorded("storage")).isEqualTo("filesystem");
    assertThat(adopted).isEmpty();
    start("filesystem");
  }

  @Test
  void whatWasMovedIsAdoptedBeforeTheChangeIsRemembered() {
    start("filesystem");
    projects = List.of("project p1");
    start(Set.of("storage"), Map.of("storage", "s3"));
    assertThat(adopted).containsExactly("storage");
    assertThat(recorded("storage")).isEqualTo("s3");
    start(Set.of("storage"), Map.of("storage", "s3"));
    assertThat(adopted).as("the setting may be left there").hasSize(1);
  }

  @Test
  void movingOnePortDoesNotAllowAnother() {
    start("filesystem");
    projects = List.of("project p1");
    assertThatThrownBy(() -> start(Set.of("storage"), Map.of("storage", "s3", "forge", "gitlab")))
        .hasMessageContaining("balsam.forge.type is 'gitlab', but 'local' holds project p1");
    assertThat(recorded("storage")).as("all or nothing").isEqualTo("filesystem");
  }

  @Test
  void whatRunsHasToEndFirst() {
    start("filesystem");
    projects = List.of("project p1");
    steps = List.of("running step p1-2026-q1-r0-1.1");
    assertThatThrownBy(() -> start(Set.of("compute"), Map.of("compute", "kubernetes")))
        .hasMessage(
            "balsam.compute.type is 'kubernetes', but 'local' holds running step p1-2026-q1-r0-1.1."
                + " Set it back, let these end or cancel them, and change it then");
    steps = List.of();
    start(Set.of("compute"), Map.of("compute", "kubernetes"));
    assertThat(recorded("compute")).isEqualTo("kubernetes");
  }

  @Test
  void anUnknownPortIsNamedWithThoseThatAreAllowed() {
    assertThatThrownBy(() -> new AdapterProperties(Set.of("database")))
        .hasMessage(
            "balsam.adapters.moved names 'database'; allowed: storage, forge, compute, identity");
  }

  private void start(String storage) {
    start(Set.of(), Map.of("storage", storage));
  }

  private void start(Set<String> moved, Map<String, String> types) {
    var configured =
        new HashMap<>(
            Map.of(
                "storage", "filesystem",
                "forge", "local",
                "compute", "local",
                "identity", "embedded"));
    configured.putAll(types);
    var transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    new AdapterChange(
            configured,
            List.of(new Kept(true), new Kept(false)),
            new AdapterProperties(moved),
            jdbc,
            transaction,
            audit)
        .afterSingletonsInstantiated();
  }

  private String recorded(String port) {
    return jdbc.sql("select type from balsam.adapter_in_use where port = ?")
        .param(port)
        .query(String.class)
        .single();
  }

  /** Projects, which can be moved, or running steps, which cannot. */
  private final class Kept implements Holdings {

    private final boolean movable;

    Kept(boolean movable) {
      this.movable = movable;
    }

    @Override
    public Set<String> ports() {
      return movable ? Set.copyOf(AdapterChange.PORTS) : Set.of("compute");
    }

    @Override
    public List<String> names(int limit) {
      return (movable ? projects : steps).stream().limit(limit).toList();
    }

    @Override
    public boolean isMovable() {
      return movable;
    }

    @Override
    public void adopt(String port) {
      if (movable) {
        adopted.add(port);
      }
    }
  }
}
