package org.balsam.cli;

import java.util.function.Supplier;

/** The server did not start, and Spring Boot has told the person why. */
final class StartFailed extends RuntimeException {

  private StartFailed(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }

  /** Starts a server; what stops it is reported once, by Spring Boot's failure analysis. */
  static <T> T orStarted(Supplier<T> start) {
    try {
      return start.get();
    } catch (RuntimeException reported) {
      throw new StartFailed(reported);
    }
  }
}
