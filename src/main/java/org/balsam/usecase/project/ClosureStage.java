package org.balsam.usecase.project;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where the closing of a project stands. */
public enum ClosureStage {
  /** Waits for the approval of another person. */
  REQUESTED,
  /** Approved; the project is archived and taken down. */
  APPROVED,
  /** Not approved; the project goes on. */
  REJECTED,
  /** Refused by a step or given up; the project goes on with everything it had. */
  FAILED,
  /** The project is closed for good. */
  CLOSED;

  boolean isOpen() {
    return this == REQUESTED || this == APPROVED;
  }

  /** The writing in the API. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
