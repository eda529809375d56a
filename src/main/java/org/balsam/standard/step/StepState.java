package org.balsam.standard.step;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.balsam.platform.compute.JobStatus;

/** Where a step stands. */
public enum StepState {
  /** Its stage has begun, its job is not yet submitted. */
  PLANNED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  LIMIT_EXCEEDED,
  CANCELLED,
  LOST;

  /** The state of a step whose job is in this state. */
  public static StepState of(JobStatus.State state) {
    return switch (state) {
      case RUNNING -> RUNNING;
      case SUCCEEDED -> SUCCEEDED;
      case FAILED -> FAILED;
      case TIMED_OUT -> TIMED_OUT;
      case LIMIT_EXCEEDED -> LIMIT_EXCEEDED;
      case CANCELLED -> CANCELLED;
      case LOST -> LOST;
    };
  }

  /** Whether nothing more happens to the step. */
  public boolean ended() {
    return this != PLANNED && this != RUNNING;
  }

  /** The state in a sentence: {@code timed out}. */
  public String words() {
    return value().replace('_', ' ');
  }

  /** The writing in the API: {@code timed_out}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
