package org.balsam.usecase.round;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What started a round. */
public enum Trigger {
  PERSON,
  SCHEDULE,
  /** Data arrived for a period that has no round yet. */
  DATA;

  /** The writing in the API: {@code person}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
