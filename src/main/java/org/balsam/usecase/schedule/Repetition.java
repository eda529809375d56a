package org.balsam.usecase.schedule;

import java.time.LocalDateTime;
import java.util.Optional;

/** The moments of a recurrence on the wall clock, before time zone and holidays. */
sealed interface Repetition permits CronRepetition, IsoRepetition {

  /** The first moment at or after {@code from}; empty when there is none. */
  Optional<LocalDateTime> firstFrom(LocalDateTime from);

  /** Reads either writing. */
  static Repetition parse(String text) {
    return text.startsWith("R") ? IsoRepetition.parse(text) : CronRepetition.parse(text);
  }
}
