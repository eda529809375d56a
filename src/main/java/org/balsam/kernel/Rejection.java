package org.balsam.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The business says no. A process turns it into a BPMN error; a use case throws it before it writes
 * anything, or is declared {@code noRollbackFor = Rejection.class}.
 */
public final class Rejection extends BalsamException {

  private final @Nullable String where;

  public Rejection(ErrorCode code, String detail) {
    super(code, detail, null);
    this.where = null;
  }

  /**
   * A refusal because of one answer.
   *
   * @param where a JSON pointer to the answer in the request
   */
  public Rejection(ErrorCode code, String where, String detail) {
    super(code, detail, null);
    this.where = where;
  }

  /** The answer that is refused, as a JSON pointer; null when it is no single one. */
  public @Nullable String where() {
    return where;
  }
}
