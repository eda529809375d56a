package org.balsam.platform.messaging;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are told.
 *
 * @param type {@code in-app} shows notices in Balsam and names them in the log
 * @param interval how long a node waits between looks for notices that are due; 100 ms or more
 */
@ConfigurationProperties("balsam.messaging")
public record MessagingProperties(
    @DefaultValue("in-app") Type type, @DefaultValue("1s") Duration interval) {

  /** The kinds of messenger. */
  public enum Type {
    IN_APP
  }

  public MessagingProperties {
    if (interval.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException(
          "balsam.messaging.interval is " + interval + "; allowed: 100ms or more");
    }
  }
}
