package org.balsam.usecase.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What started a training. */
public enum TrainingTrigger {
  PERSON,
  SCHEDULE,
  /** Data arrived for a period that the model was not trained for. */
  DATA,
  /** Arriving data have drifted away from the champion's training set. */
  DRIFT;

  /** The writing in the API: {@code drift}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
