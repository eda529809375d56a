package org.balsam.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Probe;

/**
 * Signs in as the application and as the owner of the tables, asks the server whether both may do
 * what they need and the application no more, and writes, reads and removes a row where the tables
 * are there already.
 */
final class DatabaseProbe implements Probe {

  private static final String SYSTEM = "database";
  private static final int SECONDS = 10;

  private final DataSource application;
  private final DataSource owner;
  private final DatabaseAccess access;

  DatabaseProbe(DataSource application, DataSource owner, DatabaseAccess access) {
    this.application = application;
    this.owner = owner;
    this.access = access;
  }

  @Override
  public String port() {
    return SYSTEM;
  }

  @Override
  public String target() {
    return access.address();
  }

  @Override
  public void check() {
    as(access.user(), application, DatabaseProbe::askAsApplication);
    as(access.owner(), owner, DatabaseProbe::askAsOwner);
  }

  @Override
  public void glance() {
    as(access.user(), application, connection -> ask(connection, "select true"));
  }

  /** What is asked of a connection. */
  @FunctionalInterface
  private interface Question {
    void ask(Connection connection) throws SQLException;
  }

  private static void as(String login, DataSource source, Question question) {
    try (var connection = source.getConnection()) {
      question.ask(connection);
    } catch (SQLException refused) {
      throw failure(login, refused);
    }
  }

  private static void askAsApplication(Connection connection) throws SQLException {
    var missing = new ArrayList<String>();
    require(connection, "has_schema_privilege('engine', 'USAGE')", "USAGE", "engine", missing);
    require(connection, "has_schema_privilege('engine', 'CREATE')", "CREATE", "engine", missing);
    require(connection, "has_schema_privilege('balsam', 'USAGE')", "USAGE", "balsam", missing);
    complain(connection, missing);
    if (ask(connection, "select to_regclass('balsam.probe') is not null")) {
      writeARow(connection);
      if (ask(connection, "select has_table_privilege('balsam.audit_event', 'UPDATE, DELETE')")) {
        throw new ExternalFailure(
            SYSTEM,
            false,
            "the login '%s' may change the audit trail; it must not own Balsam's tables nor be a superuser"
                .formatted(connection.getMetaData().getUserName()),
            null);
      }
    }
  }

  private static void askAsOwner(Connection connection) throws SQLException {
    var missing = new ArrayList<String>();
    require(connection, "has_schema_privilege('balsam', 'CREATE')", "CREATE", "balsam", missing);
    complain(connection, missing);
  }

  private static void require(
      Connection connection, String test, String right, String schema, List<String> missing)
      throws SQLException {
    if (!ask(connection, "select " + test)) {
      missing.add(
          "grant %s on schema %s to %s"
              .formatted(right, schema, connection.getMetaData().getUserName()));
    }
  }

  private static void complain(Connection connection, List<String> missing) throws SQLException {
    if (!missing.isEmpty()) {
      throw new ExternalFailure(
          SYSTEM,
          false,
          "the login '%s' lacks rights; as a superuser: %s;"
              .formatted(connection.getMetaData().getUserName(), String.join("; ", missing)),
          null);
    }
  }

  private static void writeARow(Connection connection) throws SQLException {
    var id = UUID.randomUUID();
    try (var insert = connection.prepareStatement("insert into balsam.probe (id) values (?)");
        var delete = connection.prepareStatement("delete from balsam.probe where id = ?")) {
      insert.setObject(1, id);
      insert.setQueryTimeout(SECONDS);
      insert.executeUpdate();
      delete.setObject(1, id);
      delete.setQueryTimeout(SECONDS);
      if (delete.executeUpdate() != 1) {
        throw new ExternalFailure(SYSTEM, true, "a row that was written is not there", null);
      }
    }
  }

  private static boolean ask(Connection connection, String question) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS);
      try (var answer = statement.executeQuery(question)) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private static ExternalFailure failure(String login, SQLException refused) {
    var said = root(refused);
    var advice =
        switch (String.valueOf(said.getSQLState())) {
          case "28P01", "28000" -> "check the login and its password in balsam.database.external";
          case "3D000" -> "create the database as docs/operations.md, 'External PostgreSQL', says";
          case "3F000", "42501" ->
              "make schemas and rights as docs/operations.md, 'External PostgreSQL', says";
          case "53300" -> "raise max_connections of the server, or lower balsam.database.pool-size";
          default -> "check that the server runs and is reachable from here";
        };
    return new ExternalFailure(
        SYSTEM, true, "as '%s': %s; %s".formatted(login, said.getMessage(), advice), refused);
  }

  /** The pool tells that it waited; the reason is what the server said. */
  private static SQLException root(SQLException refused) {
    return refused.getCause() instanceof SQLException said ? said : refused;
  }
}
