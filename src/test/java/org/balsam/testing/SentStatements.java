package org.balsam.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts the statements that this JVM sends to PostgreSQL, from the driver's protocol log: whatever
 * pool or library sends them, a batch counts by its rows, COMMIT counts, BEGIN does not.
 */
public final class SentStatements {

  /** Kept, since loggers that nobody holds lose their handlers. */
  private static final Logger PROTOCOL =
      Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

  private SentStatements() {}

  /** How many the current thread sends while it works. */
  public static int during(Runnable work) {
    var here = Thread.currentThread();
    return during(here::equals, work);
  }

  /** How many the threads that fit send while this one works. Not for use by two at once. */
  public static int during(Predicate<Thread> threads, Runnable work) {
    var count = new AtomicInteger();
    var counter = new Counter(threads, count);
    var level = PROTOCOL.getLevel();
    var parents = PROTOCOL.getUseParentHandlers();
    PROTOCOL.setUseParentHandlers(false);
    PROTOCOL.addHandler(counter);
    PROTOCOL.setLevel(Level.FINEST);
    try {
      work.run();
    } finally {
      PROTOCOL.setLevel(level);
      PROTOCOL.removeHandler(counter);
      PROTOCOL.setUseParentHandlers(parents);
    }
    return count.get();
  }

  private static final class Counter extends Handler {

    private final Predicate<Thread> threads;
    private final AtomicInteger count;

    Counter(Predicate<Thread> threads, AtomicInteger count) {
      this.threads = threads;
      this.count = count;
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getMessage().startsWith(" FE=> Execute") && threads.test(Thread.currentThread())) {
        count.incrementAndGet();
      }
    }

    @Override
    public void flush() {
      // nothing is held back
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
