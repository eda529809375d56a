package org.balsam.kernel;

/**
 * The business says no. A process turns it into a BPMN error; a use case throws it before it writes
 * anything, or is declared {@code noRollbackFor = Rejection.class}.
 */
public final class Rejection extends BalsamException {
  public Rejection(ErrorCode code, String detail) {
    super(code, detail, null);
  }
}
