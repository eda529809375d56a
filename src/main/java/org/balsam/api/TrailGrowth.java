package org.balsam.api;

import java.time.Duration;
import org.balsam.audit.SealedEvents;
import org.balsam.kernel.BackgroundLoop;
import org.springframework.stereotype.Component;

/**
 * How far the trail is sealed. A node looks twice a second for all who follow it together, and not
 * at all while nobody does.
 */
@Component
class TrailGrowth extends BackgroundLoop {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Object lock = new Object();
  private final SealedEvents events;
  private int waiting;
  private long size;

  TrailGrowth(SealedEvents events) {
    super("trail-growth", "The size of the audit trail could not be read", PAUSE, PAUSE);
    this.events = events;
  }

  @Override
  protected void round() {
    synchronized (lock) {
      if (waiting == 0) {
        return;
      }
    }
    var now = events.size();
    synchronized (lock) {
      size = now;
      lock.notifyAll();
    }
  }

  /**
   * Waits until more than {@code known} events are sealed, at most for {@code patience}.
   *
   * @return whether there are more
   */
  boolean isBeyond(long known, Duration patience) throws InterruptedException {
    var end = System.nanoTime() + patience.toNanos();
    synchronized (lock) {
      waiting++;
      try {
        for (var left = patience; size <= known && left.toMillis() > 0; ) {
          lock.wait(left.toMillis());
          left = Duration.ofNanos(end - System.nanoTime());
        }
        return size > known;
      } finally {
        waiting--;
      }
    }
  }
}
