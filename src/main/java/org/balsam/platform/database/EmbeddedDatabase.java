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
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.system.SystemProperties;

/**
 * A real PostgreSQL server as a child process, its data kept over restarts. It listens on loopback
 * only and asks every connection for a password; the passwords are made at the first start and kept
 * readable by their owner only.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String PG_HBA =
      "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n"
          + "host all all ::1/128 scram-sha-256\n";

  private final EmbeddedPostgres server;
  private final Secrets secrets;

  private record Secrets(String superuser, String owner, String application) {}

  private EmbeddedDatabase(EmbeddedPostgres server, Secrets secrets) {
    this.server = server;
    this.secrets = secrets;
  }

  /**
   * Starts the server on a free port, after stopping one that a killed Balsam left behind on the
   * same folder. Blocks until it accepts connections, one minute at most.
   *
   * @param folder holds binaries, data and passwords; made if absent
   * @param durable false only for tests: a crash of the machine may lose data
   */
  public static EmbeddedDatabase start(Path folder, boolean durable) {
    try {
      PrivateFolder.ensure(folder);
      OrphanedServer.stop(folder.resolve("data"));
      var secrets = secrets(folder);
      var sync = durable ? "on" : "off";
      var server =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(folder.resolve("bin").toFile())
              .setDataDirectory(folder.resolve("data"))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setConnectConfig("password", secrets.superuser)
              .setServerConfig("fsync", sync)
              .setServerConfig("synchronous_commit", sync)
              .setServerConfig("max_connections", durable ? "100" : "500")
              .setServerConfig("password_encryption", "scram-sha-256")
              .setLocaleConfig("locale", "C.UTF-8")
              .setPGStartupWait(Duration.ofSeconds(60))
              .start();
      var database = new EmbeddedDatabase(server, secrets);
      database.lock(folder.resolve("data/pg_hba.conf"));
      return database;
    } catch (IOException | SQLException | IllegalStateException failure) {
      throw new IllegalStateException(explain(folder, failure), failure);
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
      var pidFile = folder.resolve("data/postmaster.pid");
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      var lines = Files.readAllLines(pidFile);
      var alive =
          ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
              .filter(handle -> OrphanedServer.isServerOf(handle, folder.resolve("data")));
      return alive.isEmpty() || lines.size() < 4
          ? Optional.empty()
          : Optional.of(access(secrets(folder), Integer.parseInt(lines.get(3).strip()), name));
    } catch (IOException | NumberFormatException failure) {
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
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("the embedded PostgreSQL did not stop cleanly", failure);
    }
  }

  private void lock(Path hba) throws IOException, SQLException {
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
    return new Secrets(lines.get(0), lines.get(1), lines.get(2));
  }

  private static String random() {
    var bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String explain(Path folder, Exception failure) {
    var root = "root".equals(SystemProperties.get("user.name"));
    var hint =
        root
            ? "PostgreSQL refuses to run as root; Balsam then starts it in a user namespace, which"
                + " this machine may forbid. Run Balsam as an ordinary user, or set"
                + " balsam.database.type=external"
            : "See the log above; the data folder may belong to another user or another major"
                + " version";
    LOG.debug("embedded PostgreSQL failed", failure);
    return "the embedded PostgreSQL in " + folder + " did not start. " + hint;
  }

  /** Stops the server that a killed process left running on a data folder. */
  private static final class OrphanedServer {

    static void stop(Path data) throws IOException {
      var pidFile = data.resolve("postmaster.pid");
      if (!Files.exists(pidFile)) {
        return;
      }
      var pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
      var process = ProcessHandle.of(pid).filter(handle -> isServerOf(handle, data));
      if (process.isEmpty()) {
        return;
      }
      LOG.info("stopping the PostgreSQL (process {}) that an earlier run left behind", pid);
      interrupt(pid);
      try {
        process.get().onExit().get(60, TimeUnit.SECONDS);
      } catch (Exception failure) {
        throw new IllegalStateException(
            "PostgreSQL process " + pid + " still holds " + data + "; stop it and start again",
            failure);
      }
    }

    private static boolean isServerOf(ProcessHandle process, Path data) {
      var command = Path.of("/proc/" + process.pid() + "/cmdline");
      try {
        var line =
            Files.exists(command)
                ? Files.readString(command)
                : process.info().commandLine().orElse("");
        return line.contains(data.toString());
      } catch (IOException gone) {
        return false;
      }
    }

    /**
     * SIGINT is PostgreSQL's fast shutdown; Java itself can only send TERM, which waits for
     * clients.
     */
    private static void interrupt(long pid) throws IOException {
      try {
        new ProcessBuilder("kill", "-INT", String.valueOf(pid)).start().waitFor();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
