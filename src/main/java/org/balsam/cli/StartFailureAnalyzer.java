package org.balsam.cli;

import java.io.File;
import java.io.FileNotFoundException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import org.balsam.kernel.BalsamException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Tells in one message why the server did not start, without the wrappings of Spring: what Balsam
 * itself refused, a malformed file, a database that does not answer. The rest is left to Spring
 * Boot's own analyzers.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureAnalyzer implements FailureAnalyzer {

  private static final String ACTION =
      "Correct this and start again; docs/operations.md, 'When the start fails', says more.\n"
          + "Nothing is printed of where in the code it happened; if you need that, add"
          + " --logging.level.org.springframework.boot.diagnostics=debug";

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    var reason = told(failure);
    return reason == null ? null : new FailureAnalysis(reason, ACTION, failure);
  }

  /** Why something cannot be made, for a person; without what only a programmer understands. */
  static String explain(Throwable failure) {
    var reason = told(failure);
    if (reason != null) {
      return reason;
    }
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static @Nullable String told(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var reason = reason(cause);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  private static @Nullable String reason(Throwable cause) {
    if (cause instanceof BalsamException || isRaisedByBalsam(cause)) {
      return cause.getMessage();
    }
    if (cause instanceof YAMLException malformed) {
      return malformed(malformed);
    }
    if (cause instanceof SQLException refused) {
      return "The database refused: "
          + refused.getMessage()
          + ". Check balsam.database.external.* and whether the server runs.";
    }
    if (cause instanceof FlywayException migration
        && !(migration.getCause() instanceof Exception)) {
      return "The tables of the database do not fit this version of Balsam: "
          + migration.getMessage();
    }
    return cause instanceof FileSystemException || cause instanceof FileNotFoundException
        ? "A file cannot be read or written: " + cause.getMessage()
        : null;
  }

  /** On purpose, then, with a message for people; a failed precondition of the JDK is not. */
  private static boolean isRaisedByBalsam(Throwable cause) {
    var trace = cause.getStackTrace();
    return (cause instanceof IllegalStateException || cause instanceof IllegalArgumentException)
        && trace.length > 0
        && trace[0].getClassName().startsWith("org.balsam.");
  }

  private static String malformed(YAMLException problem) {
    return "A configuration file is not valid YAML: "
        + problem.getMessage()
        + "\nBalsam reads application.yaml in "
        + new File("").getAbsolutePath()
        + " and in its folder config, and what spring.config.additional-location names. Values are"
        + " written 'name: value', one a line.";
  }
}
