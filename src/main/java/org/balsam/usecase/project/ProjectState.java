package org.balsam.usecase.project;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a project is in its life. */
public enum ProjectState {
  /** Waits for an administrator's approval. */
  REQUESTED,
  /** Approved; its groups, repository, buckets and so on are being made. */
  PROVISIONING,
  /** Ready to work in. */
  ACTIVE,
  /** Not approved; its id is free again. */
  REJECTED,
  /** Could not be made, or was given up; nothing of it is left and its id is free again. */
  FAILED,
  /** Being archived and taken down; nothing begins in it. */
  CLOSING,
  /** Archived for good. */
  CLOSED;

  /** Whether the id may be requested again. */
  boolean leavesIdFree() {
    return this == REJECTED || this == FAILED;
  }

  /** The writing in the API. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
