package org.balsam.process.engine;

import org.balsam.kernel.BalsamException;
import org.jspecify.annotations.Nullable;

/** An answer that a form came without: mended at once, and nothing that was not allowed. */
final class Forgotten extends Refused {

  private static final long serialVersionUID = 1L;

  Forgotten(BalsamException reason) {
    super(reason);
  }

  /** Whether this is what {@code failure} comes from. */
  static boolean isIn(@Nullable Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Forgotten) {
        return true;
      }
    }
    return false;
  }
}
