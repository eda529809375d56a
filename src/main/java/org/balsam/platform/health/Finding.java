package org.balsam.platform.health;

import java.time.Duration;
import java.time.Instant;
import org.balsam.kernel.Probe;

/**
 * What a look at an adapter showed.
 *
 * @param port as {@link Probe#port}
 * @param target as {@link Probe#target}
 * @param depth how closely it was looked at
 * @param problem what is missing and what to do, for an operator; empty when nothing is
 * @param at when the look ended
 */
public record Finding(
    String port, String target, Depth depth, String problem, Instant at, Duration took) {

  /** How closely to look. */
  public enum Depth {
    /** {@link Probe#check}. */
    WHOLE,
    /** {@link Probe#glance}. */
    GLANCE
  }

  /** Whether the adapter did what it was asked. */
  public boolean isUp() {
    return problem.isEmpty();
  }
}
