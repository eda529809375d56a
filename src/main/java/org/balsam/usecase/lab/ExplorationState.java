package org.balsam.usecase.lab;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** Where an exploration stands. */
public enum ExplorationState {
  /** Asked for; perhaps somebody must approve it. */
  REQUESTED,
  /** Its workspace can be used. */
  ACTIVE,
  /** Its workspace is kept and nothing runs in it. */
  SUSPENDED,
  /** Its time is over; people decide what comes of it. */
  DECIDING,
  /** Nothing of its workspace is left but the archive and the branch. */
  ENDED,
  /** It never began. */
  REFUSED,
  /** Who asked for it, or an owner, took the request back before it began. */
  WITHDRAWN;

  /** Those in which nothing more happens. */
  static final List<ExplorationState> OVER = List.of(ENDED, REFUSED, WITHDRAWN);

  /** The writing in the API: {@code active}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it can be worked in, now or after it is resumed. */
  public boolean isOpen() {
    return this == ACTIVE || this == SUSPENDED;
  }

  /** Whether nothing more happens. */
  public boolean isOver() {
    return OVER.contains(this);
  }
}
