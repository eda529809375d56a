package org.balsam.usecase.schedule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a start of a schedule ended. */
public enum StartOutcome {
  /** The round was started. */
  STARTED,
  /** Somebody had started the same round before; nothing is wrong. */
  EXISTED,
  /** The round was refused; the owner is told why. */
  REFUSED;

  /** The writing in the API: {@code started}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
