package org.balsam.kernel;

/** The thing does not exist, or the caller may not know that it does. */
public final class NotFound extends BalsamException {
  public NotFound(String detail) {
    super(ErrorCode.NOT_FOUND, detail, null);
  }
}
