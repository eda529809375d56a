package org.balsam.api;

import java.sql.SQLException;
import java.util.Optional;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells errors of a database that does not answer from bugs, whichever library wrapped them. */
final class DatabaseTrouble {

  /** Seconds after which repeating is worth while. */
  static final String RETRY_AFTER_SECONDS = "5";

  private static final String NOT_BEGUN = "the database does not answer; nothing was changed";
  private static final String LOST =
      "the connection to the database was lost; if this was a change, read whether it was made"
          + " before you repeat it";

  /** Classes of SQLSTATE: connection exception, operator intervention, insufficient resources. */
  private static final String CONNECTION = "08";

  private static final String INTERVENTION = "57";
  private static final String RESOURCES = "53";

  /** What HikariCP says, without any state, of a connection that broke under a transaction. */
  private static final String CLOSED = "Connection is closed";

  private DatabaseTrouble() {}

  /** What to tell the caller; empty when the error is another one. */
  static Optional<String> in(Throwable error) {
    Optional<String> found = Optional.empty();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotCreateTransactionException
          || cause instanceof CannotGetJdbcConnectionException
          || cause instanceof TransientDataAccessException) {
        return Optional.of(NOT_BEGUN);
      }
      if (cause instanceof SQLException sql && isOutage(sql)) {
        found = Optional.of(LOST);
      }
    }
    return found;
  }

  private static boolean isOutage(SQLException error) {
    var state = error.getSQLState();
    return error instanceof java.sql.SQLTransientConnectionException
        || state == null && CLOSED.equals(error.getMessage())
        || state != null
            && (state.startsWith(CONNECTION)
                || state.startsWith(INTERVENTION)
                || state.startsWith(RESOURCES));
  }
}
