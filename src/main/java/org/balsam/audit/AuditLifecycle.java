package org.balsam.audit;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The thread that seals, from before the first request until after the last. */
final class AuditLifecycle implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(AuditLifecycle.class);
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final AuditSealer sealer;
  private final AuditHousekeeping housekeeping;
  private final Duration interval;
  private @Nullable ScheduledExecutorService thread;
  private long nextBeat;
  private @Nullable String lastComplaint;

  AuditLifecycle(AuditSealer sealer, AuditHousekeeping housekeeping, Duration interval) {
    this.sealer = sealer;
    this.housekeeping = housekeeping;
    this.interval = interval;
  }

  @Override
  public synchronized void start() {
    housekeeping.start();
    var started =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              var result = new Thread(work, "audit-sealer");
              result.setDaemon(true);
              return result;
            });
    started.scheduleWithFixedDelay(this::tick, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    thread = started;
  }

  private void tick() {
    try {
      if (System.nanoTime() - nextBeat >= 0) {
        housekeeping.beat();
        nextBeat = System.nanoTime() + BEAT.toNanos();
      }
      housekeeping.explainUnused();
      sealer.tick();
      lastComplaint = null;
    } catch (RuntimeException failure) {
      complainOnce(failure);
    }
  }

  private void complainOnce(RuntimeException failure) {
    var complaint = String.valueOf(failure.getMessage());
    if (!complaint.equals(lastComplaint)) {
      LOG.error("the audit trail is not being sealed: {}", complaint, failure);
      lastComplaint = complaint;
    }
  }

  @Override
  public synchronized void stop() {
    if (thread == null) {
      return;
    }
    thread.shutdown();
    thread = null;
    try {
      housekeeping.stop();
      sealer.seal();
    } catch (RuntimeException failure) {
      LOG.warn("the audit trail's last events are not sealed; the next start does that", failure);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  /** Starts first and stops last. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 1000;
  }
}
