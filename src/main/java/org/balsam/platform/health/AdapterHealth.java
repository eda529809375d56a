package org.balsam.platform.health;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * What the kept findings mean for the node: without its database it can answer nothing and is down;
 * without another service it is degraded, and people can go on with what does not need that one.
 */
public final class AdapterHealth implements HealthIndicator {

  /** Something does not work; requests are answered all the same. */
  public static final Status DEGRADED = new Status("DEGRADED");

  private static final String DATABASE = "database";

  private final HealthWatch watch;

  AdapterHealth(HealthWatch watch) {
    this.watch = watch;
  }

  /** The state of the node; what was not looked at yet counts as working. */
  public Status status() {
    if (watch.latest(DATABASE).filter(finding -> !finding.isUp()).isPresent()) {
      return Status.DOWN;
    }
    return watch.latest().stream().allMatch(Finding::isUp) ? Status.UP : DEGRADED;
  }

  /** Without details: whoever asks need not be signed in. */
  @Override
  public Health health() {
    return Health.status(status()).build();
  }
}
