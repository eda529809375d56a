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
    var java = ProcessHandle.current().info().command().orElseThrow();
    var child =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Abandoning.class.getName(),
                folder.resolve("pg").toString())
            .inheritIO()
            .start();
    assertThat(child.waitFor()).isEqualTo(137);
    var pid = Long.parseLong(Files.readAllLines(folder.resolve("pg/data/postmaster.pid")).get(0));
    try (var database = EmbeddedDatabase.start(folder.resolve("pg"), true)) {
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(one(database.access("balsam"), "select 1::text")).isEqualTo("1");
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
