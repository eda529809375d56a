package org.balsam.kernel;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Work that a node repeats for as long as it runs, in one thread. What fails is logged and tried
 * again at the next time; at the end of the node the thread is interrupted.
 */
public abstract class BackgroundLoop implements SmartLifecycle {

  private final Logger log = LoggerFactory.getLogger(getClass());
  private final String name;
  private final String complaint;
  private final Duration first;
  private final Duration pause;
  private @Nullable ScheduledExecutorService executor;

  /**
   * Starts together with the application.
   *
   * @param name of the thread
   * @param complaint what the log says of a round that failed: {@code "Storage could not be
   *     measured"}
   * @param first how long after the start the first round begins
   * @param pause from the end of a round to the next; zero for no rounds at all
   */
  protected BackgroundLoop(String name, String complaint, Duration first, Duration pause) {
    this.name = name;
    this.complaint = complaint;
    this.first = first;
    this.pause = pause;
  }

  /** One round; never two at a time. */
  protected abstract void round();

  @Override
  public final synchronized void start() {
    executor = Executors.newSingleThreadScheduledExecutor(this::thread);
    if (!pause.isZero()) {
      executor.scheduleWithFixedDelay(
          this::tick, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private Thread thread(Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Never throws: the executor would end the loop. */
  private void tick() {
    try {
      round();
    } catch (BalsamException trouble) {
      log.warn("{}; trying again: {}", complaint, trouble.getMessage());
    } catch (RuntimeException trouble) {
      log.warn("{}; trying again", complaint, trouble);
    }
  }

  @Override
  public final synchronized void stop() {
    if (executor != null) {
      executor.shutdownNow();
      executor = null;
    }
  }

  @Override
  public final synchronized boolean isRunning() {
    return executor != null;
  }
}
