package org.balsam.platform.storage.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * Calls the server again after trouble that passes, for a bounded time, and turns what stays into
 * the exceptions of the port.
 */
final class ServerWork {

  static final String SYSTEM = "object storage";

  private static final long FIRST_PAUSE_MS = 200;

  private final String server;
  private final Duration patience;

  /**
   * Work on one server.
   *
   * @param server its address, for messages
   * @param patience how long passing trouble is waited for
   */
  ServerWork(String server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  /** A call. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** A call without a result. */
  @FunctionalInterface
  interface Change {
    void run() throws IOException;
  }

  void change(String doing, Change change) {
    of(
        doing,
        () -> {
          change.run();
          return true;
        });
  }

  /**
   * What the call returns. Answers that a caller may expect, such as a condition that did not hold,
   * stay an {@link S3Refusal}; see {@link #failure}.
   *
   * @param doing what could not be done if it fails, for example "store a/b"
   */
  <T> T of(String doing, Call<T> call) {
    var giveUp = System.nanoTime() + patience.toNanos();
    for (var attempt = 1; ; attempt++) {
      try {
        return call.run();
      } catch (IOException trouble) {
        if (System.nanoTime() > giveUp) {
          throw unreachable(doing, trouble);
        }
      } catch (S3Refusal refusal) {
        if (!refusal.isPassing() || System.nanoTime() > giveUp) {
          throw refusal;
        }
      }
      pause(doing, attempt);
    }
  }

  /** Like {@link #of}, with every answer of the server turned into the port's exceptions. */
  <T> T mapped(String doing, Call<T> call) {
    try {
      return of(doing, call);
    } catch (S3Refusal refusal) {
      throw failure(doing, refusal);
    }
  }

  void mappedChange(String doing, Change change) {
    try {
      change(doing, change);
    } catch (S3Refusal refusal) {
      throw failure(doing, refusal);
    }
  }

  /** Waits longer each time, and each caller differently long. */
  void pause(String doing, int attempt) {
    var longest = FIRST_PAUSE_MS << Math.min(attempt - 1, 4);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ExternalFailure(SYSTEM, true, "was stopped while trying to " + doing, stopping);
    }
  }

  ExternalFailure unreachable(String doing, IOException trouble) {
    return new ExternalFailure(
        SYSTEM,
        true,
        "could not %s: no answer from %s (%s); check %s"
            .formatted(doing, server, trouble, whatToCheck(trouble)),
        trouble);
  }

  private static String whatToCheck(IOException trouble) {
    return trouble.toString().contains("certification path")
        ? "that balsam.storage.server.certificates names the authority of the server's certificate"
        : "that the server runs and is reachable from here";
  }

  /** The port's exception for an answer of the server. */
  RuntimeException failure(String doing, S3Refusal refusal) {
    var what = "could not " + doing + ": ";
    return switch (refusal.code()) {
      case "NoSuchBucket" -> new NotFound(what + "there is no such bucket");
      case "QuotaExceeded", "XMinioAdminBucketQuotaExceeded" ->
          new Rejection(
              ErrorCode.LIMIT_EXCEEDED,
              what + "the bucket's quota is used up; ask who runs " + server + " for more");
      default ->
          new ExternalFailure(
              SYSTEM,
              refusal.isPassing(),
              what + server + " answered " + refusal.getMessage() + advice(refusal),
              refusal);
    };
  }

  private static String advice(S3Refusal refusal) {
    return switch (refusal.code()) {
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidTokenId" ->
          "; the server does not know this access key or its secret: check balsam.storage.server";
      case "AccessDenied" ->
          "; the access key of balsam.storage.server lacks a right or has ended, see \"Object storage on a server\" in operations.md";
      case "RequestTimeTooSkewed" -> "; set the clock of this machine or of the server";
      case "PermanentRedirect", "AuthorizationHeaderMalformed", "InvalidRegion" ->
          "; check balsam.storage.server.region and .endpoint";
      case "XMinioStorageFull" -> "; the server's disks are full";
      // the answer to HEAD has no body, and so no code
      case "" ->
          refusal.status() == 403
              ? "; the access key of balsam.storage.server or its secret is wrong, lacks a right or has ended"
              : often(refusal);
      default -> often(refusal);
    };
  }

  private static String often(S3Refusal refusal) {
    return refusal.isPassing() ? "; it was asked several times" : "";
  }
}
