package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpec;

/**
 * Runs a SQL script in DuckDB, which may read and write the current directory and nothing else.
 *
 * <p>It is a process of its own because a script can bring DuckDB down together with the process
 * that it runs in, and because DuckDB takes relative paths from the process's directory.
 */
public final class SqlMain {

  /** Where the version of DuckDB is told to the runner. */
  static final String VERSION_FILE = "duckdb-version";

  private SqlMain() {}

  /**
   * Runs the script; exits with 0, or with 1 after an error of the script.
   *
   * @param arguments the specification's path; the current directory is the working folder
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    var spec = JobJson.readSpec(Path.of(arguments[0]));
    System.exit(run(spec, Path.of("").toAbsolutePath()) ? 0 : 1);
  }

  private static boolean run(JobSpec spec, Path work) throws IOException, SQLException {
    var file = spec.command().file();
    String script;
    try {
      script = Files.readString(work.resolve("code").resolve(file));
    } catch (CharacterCodingException notUtf8) {
      System.err.println(file + ": is not a text in UTF-8");
      return false;
    }
    try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
      var version = connection.getMetaData().getDatabaseProductVersion();
      var scratch = Path.of(System.getProperty("java.io.tmpdir"));
      Files.writeString(scratch.resolve(VERSION_FILE), version);
      lock(connection, spec, work);
      return execute(connection, file, script);
    }
  }

  private static boolean execute(Connection connection, String file, String script) {
    for (var part : SqlScript.statements(script)) {
      var begin = System.nanoTime();
      var where = file + ":" + part.line() + ": statement " + part.number();
      try (var statement = connection.createStatement()) {
        statement.execute(part.sql());
      } catch (SQLException failure) {
        System.err.println(where + " failed: " + failure.getMessage());
        return false;
      }
      System.out.println(where + " took " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }
    return true;
  }

  /** Sets limits and variables, then closes everything outside {@code work} for good. */
  private static void lock(Connection connection, JobSpec spec, Path work) throws SQLException {
    var resources = spec.resources();
    set(connection, "threads = " + resources.cpu());
    set(connection, "memory_limit = '" + resources.memoryMib() + "MiB'");
    set(connection, "temp_directory = " + text(work.resolve("tmp").toString()));
    set(connection, "max_temp_directory_size = '" + resources.maxOutputBytes() + "B'");
    set(connection, "home_directory = " + text(work.resolve("home").toString()));
    set(connection, "TimeZone = 'UTC'");
    set(connection, "extension_directory = '/dev/null/extensions'");
    set(connection, "autoinstall_known_extensions = false");
    set(connection, "autoload_known_extensions = false");
    set(connection, "allow_community_extensions = false");
    for (var variable : spec.environment().entrySet()) {
      var name = variable.getKey().toLowerCase(Locale.ROOT);
      set(connection, "VARIABLE \"" + name + "\" = " + text(variable.getValue()));
    }
    set(
        connection,
        "allowed_directories = [" + text(work.toString()) + ", 'code', 'in', 'out', 'tmp']");
    set(connection, "enable_external_access = false");
    set(connection, "lock_configuration = true");
  }

  private static void set(Connection connection, String assignment) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET " + assignment);
    }
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
