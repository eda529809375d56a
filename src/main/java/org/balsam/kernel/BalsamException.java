package org.balsam.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The root of all errors that Balsam raises on purpose. The message is written for the person who
 * meets it: what was wrong, where, what is allowed, what to do; it never holds a secret.
 */
public abstract sealed class BalsamException extends RuntimeException
    permits Rejection, NotFound, Invalid, Forbidden, ExternalFailure {

  private final ErrorCode code;

  BalsamException(ErrorCode code, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  /** The stable reason. */
  public ErrorCode code() {
    return code;
  }
}
