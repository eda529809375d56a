package org.balsam.kernel;

/** The caller may see the thing but not do this to it. Always audited. */
public final class Forbidden extends BalsamException {
  public Forbidden(String detail) {
    super(ErrorCode.FORBIDDEN, detail, null);
  }

  public Forbidden(ErrorCode code, String detail) {
    super(code, detail, null);
  }
}
