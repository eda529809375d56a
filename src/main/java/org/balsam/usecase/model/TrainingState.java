package org.balsam.usecase.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** Where a training stands. */
public enum TrainingState {
  /** Requested, its process not yet begun. */
  PLANNED,
  OPEN,
  /** Somebody decides on the resources that it asks for. */
  WAITING,
  TRAINING,
  /** Somebody decides on a failed training or a refused candidate. */
  CORRECTING,
  EVALUATING,
  REVIEW,
  /** In the staging environment; the owner decides on production. */
  STAGED,
  /** The candidate is champion. */
  PROMOTED,
  /** Made again from the record of another training, and compared with it. */
  REPRODUCED,
  /** Ended by a decision, or because something to pin was missing. */
  STOPPED,
  CANCELLED;

  private static final Set<TrainingState> ENDED = Set.of(PROMOTED, REPRODUCED, STOPPED, CANCELLED);

  /** Reads {@code evaluating}; anything else is an {@link Invalid}. */
  @JsonCreator
  public static TrainingState parse(String value) {
    return Arrays.stream(values())
        .filter(state -> state.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT,
                    "state",
                    "not a state of a training; allowed: "
                        + String.join(
                            ", ", Arrays.stream(values()).map(TrainingState::value).toList())));
  }

  /** The writing in models, forms and the API: {@code evaluating}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more happens in the training. */
  public boolean ended() {
    return ENDED.contains(this);
  }
}
