package org.balsam.usecase.model;

import java.time.Instant;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.jspecify.annotations.Nullable;

/**
 * A roll-back as people read it.
 *
 * @param champion the version in use when it was requested
 * @param target the version to go back to
 * @param decision approve, reject or, of an emergency, refuse; null before it was made
 * @param settlement what ended the dispute about a refused emergency, keep or restore
 * @param failure why it could not be done
 */
public record RollbackView(
    RollbackId id,
    ModelName model,
    ModelVersionId champion,
    ModelVersionId target,
    boolean emergency,
    String reason,
    RollbackState state,
    String requestedBy,
    Instant requestedAt,
    @Nullable Decision decision,
    @Nullable Decision settlement,
    @Nullable String failure) {

  /**
   * What a person decided.
   *
   * @param decision one word
   * @param by the person's id
   * @param reason null where none was needed and none given
   */
  public record Decision(String decision, String by, Instant at, @Nullable String reason) {}
}
