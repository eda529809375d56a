package org.balsam.usecase.round;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** Where a round stands. */
public enum RoundState {
  /** Requested, its process not yet begun. */
  PLANNED,
  OPEN,
  /** For data or for somebody's confirmation of them. */
  WAITING,
  PROCESSING,
  /** Somebody decides on a failed run or a blocking check. */
  CORRECTING,
  REVIEW,
  APPROVED,
  /** Approved and announced; only the announced moment releases it. */
  EMBARGOED,
  RELEASED,
  CLOSED,
  CANCELLED,
  /** Published and taken back. */
  WITHDRAWN,
  FAILED;

  private static final Set<RoundState> AFTER_RELEASE = Set.of(RELEASED, CLOSED, WITHDRAWN);
  private static final Set<RoundState> ENDED = Set.of(CLOSED, CANCELLED, WITHDRAWN, FAILED);

  /** Reads {@code embargoed}; anything else is an {@link Invalid}. */
  @JsonCreator
  public static RoundState parse(String value) {
    return Arrays.stream(values())
        .filter(state -> state.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT,
                    "state",
                    "not a state of a round; allowed: "
                        + String.join(
                            ", ", Arrays.stream(values()).map(RoundState::value).toList())));
  }

  /** The writing in models, forms and the API: {@code embargoed}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the round's figures were published, even if they were taken back later. */
  public boolean published() {
    return AFTER_RELEASE.contains(this);
  }

  /** Whether the round ended without ever publishing anything. */
  public boolean fruitless() {
    return this == CANCELLED || this == FAILED;
  }

  /** Whether nothing more happens in the round; a closed one can still be withdrawn. */
  public boolean ended() {
    return ENDED.contains(this);
  }
}
