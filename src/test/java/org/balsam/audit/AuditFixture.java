package org.balsam.audit;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.balsam.audit.format.SigningKey;
import org.balsam.platform.database.DatabaseAccess;
import org.balsam.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A migrated database with one or more nodes that share a key, without a Spring context. */
final class AuditFixture implements AutoCloseable {

  final DatabaseAccess access = TestDatabase.create();
  final SigningKey key = SigningKey.generate("test.example/audit");
  final HikariDataSource source = new HikariDataSource();
  final TransactionTemplate transaction;
  final Path home;

  AuditFixture(Path home) {
    this.home = home;
    Flyway.configure()
        .dataSource(access.url(), access.owner(), access.ownerPassword())
        .schemas("balsam")
        .defaultSchema("balsam")
        .createSchemas(false)
        .placeholders(Map.of("application", "balsam_app"))
        .load()
        .migrate();
    source.setJdbcUrl(access.url());
    source.setUsername(access.user());
    source.setPassword(access.password());
    source.setMaximumPoolSize(8);
    source.setMinimumIdle(0);
    transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
  }

  /** One node. */
  final class Node implements AutoCloseable {
    final AuditDatabase database = new AuditDatabase(source);
    final EventWriter writer;
    final AuditTrail trail;
    final AuditSealer sealer;
    final AuditHousekeeping housekeeping;
    final AuditErasure erasure;

    Node(String name) {
      writer = new EventWriter(name, database, key).register();
      trail = new JdbcAuditTrail(writer, database, Clock.systemUTC());
      var files = new CheckpointFiles(home.resolve(name), key.verifier());
      sealer = new AuditSealer(database, writer, trail, key, files);
      housekeeping = new AuditHousekeeping(database, writer, trail);
      erasure = new AuditErasure(database, trail);
    }

    @Override
    public void close() {
      database.close();
    }
  }

  Node node(String name) {
    return new Node(name);
  }

  AuditLog log() {
    return new AuditLog(new JdbcTemplate(source), key.verifier().toString(), key.verifier().name());
  }

  Path export() {
    return export(AuditExport.Request.ALL, Map.of());
  }

  Path export(AuditExport.Request request, Map<String, AuditExport.Content> files) {
    try {
      var out = new ByteArrayOutputStream();
      new AuditExport(source, key.verifier()).write(out, request, files);
      var file = Files.createTempFile(home, "bundle", ".zip");
      return Files.write(file, out.toByteArray());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Does what only somebody with all rights on the database can do. */
  void tamper(String... statements) {
    try (var connection = TestDatabase.superuser(access);
        var statement = connection.createStatement()) {
      statement.execute("set search_path to balsam");
      for (var table : new String[] {"event", "leaf", "node", "checkpoint", "payload"}) {
        statement.execute("alter table audit_" + table + " disable trigger all");
      }
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Waits until {@code seconds} of silence count as death. */
  void silence(String writer, Duration silence) {
    tamper(
        "update audit_writer set seen_at = seen_at - interval '"
            + silence.toSeconds()
            + " seconds' where writer = '"
            + writer
            + "'");
  }

  @Override
  public void close() {
    source.close();
  }
}
