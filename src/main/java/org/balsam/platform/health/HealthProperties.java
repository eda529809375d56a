package org.balsam.platform.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the adapters are looked at.
 *
 * @param interval how often each adapter is asked whether it answers; it is tried end to end at the
 *     start, every twenty times, and each time while something is wrong with it. 5s or more, or 0s:
 *     only when an administrator asks
 */
@ConfigurationProperties("balsam.health")
public record HealthProperties(@DefaultValue("30s") Duration interval) {

  private static final Duration SHORTEST = Duration.ofSeconds(5);

  public HealthProperties {
    if (!interval.isZero() && interval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "balsam.health.interval is " + interval + "; allowed: 5s or more, or 0s for never");
    }
  }
}
