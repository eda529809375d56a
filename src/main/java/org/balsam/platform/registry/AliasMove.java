package org.balsam.platform.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of a model's aliases; written once, never changed.
 *
 * @param number counts the moves of all models; later moves have higher numbers
 * @param key the idempotency key under which the move was asked for
 * @param version the version that the move was about
 * @param from the champion before a promotion or roll-back, null when there was none
 * @param rollbackTarget the version that a promotion named to go back to, null when it named none
 * @param artefact checksum of the version's files at that moment
 * @param evidence checksum of the version's evidence at that moment, null when it had none
 * @param person who asked
 */
public record AliasMove(
    long number,
    String key,
    Kind kind,
    ModelVersionId version,
    @Nullable ModelVersionId from,
    @Nullable ModelVersionId rollbackTarget,
    Sha256 artefact,
    @Nullable Sha256 evidence,
    String person,
    Instant at) {

  /** Why aliases moved. */
  public enum Kind {
    /** A version was registered as candidate. */
    REGISTERED,
    /** A candidate became champion. */
    PROMOTED,
    /** A former champion became champion again. */
    ROLLED_BACK,
    /** A candidate was given up. */
    ARCHIVED;

    /** Reads {@code rolled-back}. */
    @JsonCreator
    public static Kind parse(String value) {
      return Arrays.stream(values())
          .filter(kind -> kind.value().equals(value))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("not a move of an alias: " + value));
    }

    /** The writing in the API: {@code rolled-back}. */
    @JsonValue
    public String value() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
