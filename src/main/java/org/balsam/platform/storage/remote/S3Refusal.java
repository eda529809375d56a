package org.balsam.platform.storage.remote;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The server's answer to a request that it did not fulfil. */
public final class S3Refusal extends RuntimeException {

  private static final Set<String> PASSING =
      Set.of(
          "InternalError",
          "OperationAborted",
          "RequestTimeout",
          "ServerNotInitialized",
          "ServiceUnavailable",
          "SlowDown",
          "SlowDownRead",
          "SlowDownWrite",
          "XMinioServerNotInitialized");

  private final int status;
  private final String code;

  /**
   * What the server said.
   *
   * @param status of HTTP
   * @param code of S3, for example {@code NoSuchBucket}; empty when there is none
   */
  public S3Refusal(int status, @Nullable String code, @Nullable String message, Throwable cause) {
    super("%d %s: %s".formatted(status, code == null ? "" : code, message), cause);
    this.status = status;
    this.code = code == null ? "" : code;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /**
   * Whether it says that there is no such content; for a version also that it is a deletion, or
   * that its id is of no form that the server gives.
   *
   * @param versionId null when the newest one was asked for
   */
  public boolean meansAbsent(@Nullable String versionId) {
    return status == 404 || versionId != null && (status == 400 || status == 405);
  }

  /** Whether the access key is known but lacks a right; HEAD says no more than 403. */
  public boolean isDenied() {
    return status == 403 && (code.isEmpty() || is("AccessDenied"));
  }

  /** Whether the server says that it has no such thing at all. */
  boolean isUnknownThere() {
    return status == 501 || is("NotImplemented", "MalformedXML", "XNotImplemented");
  }

  boolean is(String... codes) {
    return Set.of(codes).contains(code);
  }

  /** A condition of the request did not hold, because somebody else wrote meanwhile. */
  boolean isConflict() {
    return status == 412 || is("PreconditionFailed", "ConditionalRequestConflict");
  }

  /** The same request may be answered otherwise in a moment. */
  boolean isPassing() {
    return status == 429
        || status == 500
        || status == 502
        || status == 503
        || status == 504
        || PASSING.contains(code);
  }
}
