package org.balsam.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A system that Balsam calls did not do what it was asked; the engine retries, then asks a person.
 */
public final class ExternalFailure extends BalsamException {

  private final String system;
  private final boolean retryable;

  public ExternalFailure(
      String system, boolean retryable, String detail, @Nullable Throwable cause) {
    this(ErrorCode.EXTERNAL_SYSTEM, system, retryable, detail, cause);
  }

  public ExternalFailure(
      ErrorCode code, String system, boolean retryable, String detail, @Nullable Throwable cause) {
    super(code, system + ": " + detail, cause);
    this.system = system;
    this.retryable = retryable;
  }

  /** The name of the system, as in {@code GET /platform}. */
  public String system() {
    return system;
  }

  /** Whether the same call may succeed later without anybody's doing. */
  public boolean retryable() {
    return retryable;
  }
}
