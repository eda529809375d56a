package org.balsam.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** The engine's clock as Balsam's, so that a test moves both at once. */
public final class EngineClock extends Clock {

  /** Stops both clocks at {@code moment}; {@link ClockUtil#reset()} lets them run again. */
  public static void stopAt(String moment) {
    ClockUtil.setCurrentTime(Date.from(Instant.parse(moment)));
  }

  @Override
  public Instant instant() {
    return ClockUtil.getCurrentTime().toInstant();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
