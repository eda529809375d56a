package org.balsam.process.engine;

import org.balsam.kernel.BalsamException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.jspecify.annotations.Nullable;

/**
 * Carries a refusal out of the engine. It has no cause on purpose: any other exception that leaves
 * a listener would be caught by an error event without a code, and the task would count as done.
 */
class Refused extends ProcessEngineException {

  private static final long serialVersionUID = 1L;

  private final transient BalsamException reason;

  Refused(BalsamException reason) {
    super(reason.getMessage());
    this.reason = reason;
  }

  /** The refusal somewhere below {@code failure}; null if it is another failure. */
  static @Nullable BalsamException in(@Nullable Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refused refused) {
        return refused.reason;
      }
      if (cause instanceof BalsamException balsam) {
        return balsam;
      }
    }
    return null;
  }
}
