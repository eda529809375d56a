package org.balsam.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @TempDir Path folder;

  @Test
  void keepsDataOverARestartAndAsksForPasswords() throws Exception {
    try (var database = EmbeddedDatabase.start(folder.resolve("pg"), true)) {
      var access = database.access("balsam");
      run(access, "create table t as select 42 as n");
      assertThatThrownBy(() -> DriverManager.getConnection(access.url(), "postgres", "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
    try (var database = EmbeddedDatabase.start(folder.resolve("pg"), true)) {
      var access = database.access("balsam");
      assertThat(one(access, "select n::text from engine.t")).isEqualTo("42");
      assertThat(one(access, "show fsync")).isEqualTo("on");
      assertThat(one(access, "show synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void stopsTheServerThatAKilledProcessLeftBehind() throws Exception {
    var child = start(Abandoning.class);
    assertThat(child.waitFor()).isEqualTo(137);
    var pid = Long.parseLong(Files.readAllLines(folder.resolve("pg/data/postmaster.pid")).get(0));
    try (var database = EmbeddedDatabase.start(folder.resolve("pg"), true)) {
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(one(database.access("balsam"), "select 1::text")).isEqualTo("1");
    }
  }

  @Test
  void aSecondProcessIsRefusedUntilTheFirstIsDead() throws Exception {
    var pg = folder.resolve("pg");
    var first = start(Holding.class);
    try {
      awaitServer(first, pg);
      assertThatThrownBy(() -> EmbeddedDatabase.start(pg, true))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another Balsam (process " + first.pid() + ")")
          .hasMessageContaining("--balsam.home=DIR");
      assertThat(one(EmbeddedDatabase.running(pg, "balsam").orElseThrow(), "select 1::text"))
          .isEqualTo("1");
    } finally {
      first.destroyForcibly().waitFor();
    }
    try (var database = EmbeddedDatabase.start(pg, true)) {
      assertThat(one(database.access("balsam"), "select 1::text")).isEqualTo("1");
      assertThatThrownBy(() -> EmbeddedDatabase.start(pg, true))
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void saysWhatTheServerSaidOfADamagedFolder() throws Exception {
    var pg = folder.resolve("pg");
    EmbeddedDatabase.start(pg, true).close();
    Files.writeString(pg.resolve("data/PG_VERSION"), "9\n");
    assertThatThrownBy(() -> EmbeddedDatabase.start(pg, true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(pg.toString())
        .hasMessageContaining("database files are incompatible with server")
        .hasMessageContaining("server.log");
  }

  private Process start(Class<?> program) throws Exception {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            folder.resolve("pg").toString())
        .inheritIO()
        .start();
  }

  private static void awaitServer(Process holder, Path pg) throws Exception {
    var ready = pg.resolve("ready");
    while (!Files.exists(ready)) {
      assertThat(holder.isAlive()).isTrue();
      Thread.sleep(50);
    }
  }

  /** Starts a server and holds it until it is killed. */
  static final class Holding {
    public static void main(String[] arguments) throws Exception {
      EmbeddedDatabase.start(Path.of(arguments[0]), true).access("balsam");
      Files.createFile(Path.of(arguments[0]).resolve("ready"));
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void theApplicationCannotChangeTheOwnersSchema() throws Exception {
    try (var database = EmbeddedDatabase.start(folder.resolve("pg"), false)) {
      var access = database.access("balsam");
      assertThatThrownBy(() -> run(access, "create table balsam.mine (n int)"))
          .hasMessageContaining("permission denied");
    }
  }

  /** Starts a server and dies without a chance to stop it. */
  static final class Abandoning {
    public static void main(String[] arguments) {
      EmbeddedDatabase.start(Path.of(arguments[0]), true).access("balsam");
      Runtime.getRuntime().halt(137);
    }
  }

  private static void run(DatabaseAccess access, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(access.url(), access.user(), access.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(DatabaseAccess access, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(access.url(), access.user(), access.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return List.of(rows.getString(1)).get(0);
    }
  }
}
