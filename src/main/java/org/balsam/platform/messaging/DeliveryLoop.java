package org.balsam.platform.messaging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Delivers notices as long as the node runs; every node has one. Each channel has a thread of its
 * own, so that a receiver that hangs holds up nobody else's letters.
 */
final class DeliveryLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

  private final List<Dispatch> dispatches;
  private final Duration interval;
  private @Nullable ScheduledExecutorService executor;

  DeliveryLoop(List<Dispatch> dispatches, Duration interval) {
    this.dispatches = List.copyOf(dispatches);
    this.interval = interval;
  }

  @Override
  public synchronized void start() {
    var started =
        Executors.newScheduledThreadPool(Math.max(1, dispatches.size()), DeliveryLoop::thread);
    for (var dispatch : dispatches) {
      started.scheduleWithFixedDelay(
          () -> round(dispatch), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
    executor = started;
  }

  @Override
  public synchronized void stop() {
    var stopping = executor;
    executor = null;
    if (stopping != null) {
      stopping.shutdown();
      try {
        if (!stopping.awaitTermination(10, TimeUnit.SECONDS)) {
          stopping.shutdownNow();
        }
      } catch (InterruptedException e) {
        stopping.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return executor != null;
  }

  /** Never throws: the executor would end the loop. */
  private static void round(Dispatch dispatch) {
    try {
      dispatch.runOnce();
    } catch (RuntimeException e) {
      LOG.warn("Notices by {} could not be delivered; trying again", dispatch.name(), e);
    }
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "notices");
    thread.setDaemon(true);
    return thread;
  }
}
