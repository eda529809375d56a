package org.balsam.kernel;

/** The caller may see the thing but not do this to it. Always audited. */
public final class Forbidden extends BalsamException {
  public Forbidden(String detail) {
    super(ErrorCode.FORBIDDEN, detail, null);
  }

  /** With what another part of Balsam said about it, for logs. */
  public Forbidden(String detail, Throwable cause) {
    super(ErrorCode.FORBIDDEN, detail, cause);
  }

  public Forbidden(ErrorCode code, String detail) {
    super(code, detail, null);
  }
}
