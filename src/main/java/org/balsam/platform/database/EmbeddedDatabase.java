package org.balsam.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.FreePort;

/**
 * A real PostgreSQL server as a child process, its data kept over restarts. It listens on loopback
 * only and asks every connection for a password; the passwords are made at the first start and kept
 * readable by their owner only.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final String PG_HBA =
      "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n"
          + "host all all ::1/128 scram-sha-256\n";

  private final EmbeddedPostgres server;
  private final Secrets secrets;
  private final DatabaseLock lock;

  private record Secrets(String superuser, String owner, String application) {}

  private EmbeddedDatabase(EmbeddedPostgres server, Secrets secrets, DatabaseLock lock) {
    this.server = server;
    this.secrets = secrets;
    this.lock = lock;
  }

  /**
   * Starts the server on a free port, after stopping one that a killed Balsam left behind on the
   * same folder. Blocks until it accepts connections, one minute at most.
   *
   * @param folder holds binaries, data and passwords; made if absent
   * @param durable false only for tests: a crash of the machine may lose data
   * @throws IllegalStateException if another living Balsam holds the folder, whose server then goes
   *     on undisturbed, or if the server does not start; the message says why and what to do
   */
  public static EmbeddedDatabase start(Path folder, boolean durable) {
    try {
      PrivateFolder.ensure(folder);
      var lock = DatabaseLock.take(folder);
      try {
        return start(folder, durable, lock);
      } catch (IOException | SQLException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException | SQLException failure) {
      throw new IllegalStateException(ServerLog.explain(folder, failure), failure);
    }
  }

  private static EmbeddedDatabase start(Path folder, boolean durable, DatabaseLock lock)
      throws IOException, SQLException {
    var left = Postmaster.of(folder.resolve("data"));
    if (left.isPresent()) {
      left.get().stop();
    }
    var secrets = secrets(folder);
    var server = launch(folder, durable, secrets);
    var database = new EmbeddedDatabase(server, secrets, lock);
    try {
      database.askForPasswords(folder.resolve("data/pg_hba.conf"));
      return database;
    } catch (IOException | SQLException | RuntimeException failure) {
      server.close();
      throw failure;
    }
  }

  private static EmbeddedPostgres launch(Path folder, boolean durable, Secrets secrets)
      throws IOException {
    var sync = durable ? "on" : "off";
    var log = ServerLog.in(folder);
    var builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(folder.resolve("bin").toFile())
            .setDataDirectory(folder.resolve("data"))
            .setCleanDataDirectory(false)
            .setPort(FreePort.find())
            .setRegisterShutdownHook(false)
            .setConnectConfig("password", secrets.superuser)
            .setServerConfig("fsync", sync)
            .setServerConfig("synchronous_commit", sync)
            .setServerConfig("max_connections", durable ? "100" : "500")
            .setServerConfig("password_encryption", "scram-sha-256")
            .setLocaleConfig("locale", "C.UTF-8")
            .setPGStartupWait(Duration.ofSeconds(60))
            .setErrorRedirector(log.redirect())
            .setOutputRedirector(log.redirect());
    try {
      return builder.start();
    } catch (IllegalStateException refused) {
      throw new IOException("it could not be set up", refused);
    }
  }

  /** Makes sure that a database with Balsam's roles and schemas exists and says how to reach it. */
  public DatabaseAccess access(String name) {
    try (var connection = superuser("postgres")) {
      ensureRole(connection, "balsam_owner", secrets.owner);
      ensureRole(connection, "balsam_app", secrets.application);
      if (isMissing(connection, "select 1 from pg_database where datname = '" + name + "'")) {
        execute(connection, "create database " + name);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("the embedded PostgreSQL refused to be set up", failure);
    }
    try (var connection = superuser(name)) {
      execute(connection, "create schema if not exists balsam authorization balsam_owner");
      execute(connection, "create schema if not exists engine authorization balsam_app");
      execute(connection, "grant usage on schema balsam to balsam_app");
      execute(connection, "revoke all on schema public from public");
    } catch (SQLException failure) {
      throw new IllegalStateException("the embedded PostgreSQL refused to be set up", failure);
    }
    return access(secrets, server.getPort(), name);
  }

  /**
   * How to reach the server that already runs on this folder, in this process or another.
   *
   * @return empty if none runs
   */
  public static Optional<DatabaseAccess> running(Path folder, String name) {
    try {
      var alive = Postmaster.of(folder.resolve("data")).filter(server -> server.port() > 0);
      return alive.isEmpty()
          ? Optional.empty()
          : Optional.of(access(secrets(folder), alive.get().port(), name));
    } catch (IOException failure) {
      throw new IllegalStateException("cannot tell whether a server runs on " + folder, failure);
    }
  }

  private static DatabaseAccess access(Secrets secrets, int port, String name) {
    var url = "jdbc:postgresql://127.0.0.1:%d/%s?currentSchema=engine,balsam";
    return new DatabaseAccess(
        url.formatted(port, name),
        "balsam_app",
        secrets.application,
        "balsam_owner",
        secrets.owner);
  }

  /** A connection with all rights, for set-up, tests and emergencies. */
  public Connection superuser(String name) throws SQLException {
    return server
        .getDatabase("postgres", name, Map.of("password", secrets.superuser))
        .getConnection();
  }

  @Override
  public void close() {
    try (lock) {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("the embedded PostgreSQL did not stop cleanly", failure);
    }
  }

  private void askForPasswords(Path hba) throws IOException, SQLException {
    if (Files.readString(hba).equals(PG_HBA)) {
      return;
    }
    try (var connection = superuser("postgres")) {
      execute(connection, "alter role postgres password '" + secrets.superuser + "'");
      Files.writeString(hba, PG_HBA);
      execute(connection, "select pg_reload_conf()");
    }
  }

  private static void ensureRole(Connection connection, String role, String password)
      throws SQLException {
    if (isMissing(connection, "select 1 from pg_roles where rolname = '" + role + "'")) {
      execute(connection, "create role " + role + " login password '" + password + "'");
    }
  }

  private static boolean isMissing(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Secrets secrets(Path folder) throws IOException {
    var file = folder.resolve("passwords");
    if (!Files.exists(file)) {
      var temporary = folder.resolve("passwords.new");
      Files.writeString(temporary, random() + "\n" + random() + "\n" + random() + "\n");
      PrivateFolder.restrict(temporary);
      Files.move(temporary, file);
    }
    var lines = Files.readAllLines(file);
    if (lines.size() != 3) {
      throw new IllegalStateException(
          file + " is damaged: it has three lines, one password each; put it back from a backup");
    }
    return new Secrets(lines.get(0), lines.get(1), lines.get(2));
  }

  private static String random() {
    var bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
