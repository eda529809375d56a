package org.balsam.process.engine;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Marker;

/**
 * Leaves out of the log that a browser went away before the answer was written, which the engine's
 * routes report as an error of several hundred lines each time somebody leaves a page early.
 */
final class QuietHangUps extends TurboFilter {

  private static final QuietHangUps ONLY = new QuietHangUps();

  private QuietHangUps() {}

  static void install(ILoggerFactory loggers) {
    if (loggers instanceof LoggerContext context) {
      context.getTurboFilterList().addIfAbsent(ONLY);
    }
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClientAbortException) {
        return FilterReply.DENY;
      }
    }
    return FilterReply.NEUTRAL;
  }
}
