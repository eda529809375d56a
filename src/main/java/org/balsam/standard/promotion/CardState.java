package org.balsam.standard.promotion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the papers of a candidate are complete.
 *
 * @param missing the fields of the model card that are empty ({@link ModelCard#missing})
 * @param personalData whether the model uses personal data
 * @param dpia the reference of the data protection impact assessment; null when there is none
 * @param rollbackTarget what a rollback goes back to; null when none is named
 */
public record CardState(
    List<String> missing,
    boolean personalData,
    @Nullable String dpia,
    @Nullable String rollbackTarget) {
  public CardState {
    missing = List.copyOf(missing);
  }
}
