package org.balsam.usecase.schedule;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How schedules treat time.
 *
 * @param tolerance a start that is at most this late counts as punctual; positive
 */
@ConfigurationProperties("balsam.schedule")
public record ScheduleProperties(@DefaultValue("PT15M") Duration tolerance) {

  public ScheduleProperties {
    if (tolerance.isNegative() || tolerance.isZero()) {
      throw new IllegalArgumentException(
          "balsam.schedule.tolerance is " + tolerance + "; allowed: a positive duration, as PT15M");
    }
  }
}
