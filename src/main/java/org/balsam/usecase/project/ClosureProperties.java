package org.balsam.usecase.project;

import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Closing of projects.
 *
 * @param archiveRetention how long nobody can delete the archive of a closed project, for example
 *     {@code 10y}, from its approval on
 */
@ConfigurationProperties("balsam.closure")
record ClosureProperties(@DefaultValue("10y") Period archiveRetention) {

  ClosureProperties {
    if (archiveRetention.isNegative() || archiveRetention.isZero()) {
      throw new IllegalArgumentException(
          "balsam.closure.archive-retention is %s; allowed: a period longer than zero, for example 10y"
              .formatted(archiveRetention));
    }
  }
}
