package org.balsam.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.balsam.testing.ChildServer;

/** Waits for what others do. */
final class Await {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Await() {}

  static void that(String what, BooleanSupplier done) {
    var deadline = Instant.now().plus(PATIENCE);
    while (!done.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      ChildServer.pause();
    }
  }
}
