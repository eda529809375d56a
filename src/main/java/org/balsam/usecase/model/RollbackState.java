package org.balsam.usecase.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a roll-back is. */
public enum RollbackState {
  /** Waits for an owner; nothing was moved. */
  REQUESTED,
  /** An owner said no; nothing was moved. */
  REJECTED,
  /** Done in an emergency; the approval is open. */
  IN_FORCE,
  /** Done in an emergency and refused afterwards; quality decides, the target is champion still. */
  DISPUTED,
  /** Done and approved. */
  COMPLETED,
  /** Done in an emergency and taken back. */
  RESTORED,
  /** Could not be done: champion or bytes were not those that were decided on. */
  FAILED;

  /** The writing in the API: {@code in-force}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
