package org.balsam.usecase.schedule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a schedule is in its life. */
public enum ScheduleState {
  /** Waits for its next start. */
  ACTIVE,
  /** Starts nothing until it is resumed; starts that pass meanwhile are dropped. */
  PAUSED,
  /** Starts nothing any more. */
  ENDED;

  /** The writing in process variables and the API. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
