package org.balsam.platform.messaging;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Empties the outbox as long as the node runs; every node has one. */
final class DeliveryLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

  private final Outbox outbox;
  private final Delivery delivery;
  private final AuditTrail trail;
  private final Duration interval;
  private @Nullable ScheduledExecutorService executor;

  DeliveryLoop(Outbox outbox, Delivery delivery, AuditTrail trail, Duration interval) {
    this.outbox = outbox;
    this.delivery = delivery;
    this.trail = trail;
    this.interval = interval;
  }

  @Override
  public synchronized void start() {
    var started = Executors.newSingleThreadScheduledExecutor(DeliveryLoop::thread);
    started.scheduleWithFixedDelay(
        this::round, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
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
  private void round() {
    try {
      runOnce();
    } catch (RuntimeException e) {
      LOG.warn("Notices could not be delivered; trying again", e);
    }
  }

  void runOnce() {
    for (var dead : outbox.deliverDue(delivery)) {
      trail.recordSeparately(
          AuditEntry.done("notice.delivered", dead.notice().project().value(), null)
              .outcome(AuditEntry.Outcome.FAILED)
              .with("key", dead.notice().key())
              .with("attempts", (long) dead.attempts()));
    }
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "notices");
    thread.setDaemon(true);
    return thread;
  }
}
