package org.balsam.platform.library;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.git.GitFailures;
import org.balsam.platform.forge.git.GitNames;
import org.balsam.platform.http.GuardedSockets;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;

/** The one place that says what is wrong with a library's server, in our own words. */
final class LibraryErrorMapper {

  private static final String SYSTEM = "library";

  private LibraryErrorMapper() {}

  /** The token of a private library is not there. */
  static final class NoToken extends IOException {
    private static final long serialVersionUID = 1L;

    NoToken(String why) {
      super(why);
    }
  }

  static <T> T mapped(LibraryProperties properties, GitFailures.Work<T> work) {
    try {
      return work.run();
    } catch (IOException | LargeObjectException trouble) {
      throw explain(properties, trouble);
    }
  }

  private static RuntimeException explain(LibraryProperties properties, Exception trouble) {
    if (is(trouble, Allowance.UsedUp.class::isInstance)) {
      return new Rejection(
          ErrorCode.LIMIT_EXCEEDED,
          "the server sends more than balsam.libraries.largest-transfer allows ("
              + properties.largestTransfer()
              + ")");
    }
    if (is(trouble, TooLargeObjectInPackException.class::isInstance)
        || is(trouble, LargeObjectException.class::isInstance)
        || is(trouble, BoundedRepository.TooManyObjects.class::isInstance)) {
      return new Rejection(
          ErrorCode.LIMIT_EXCEEDED,
          "the repository has an object of more than 32 MiB, or more than "
              + BoundedRepository.MOST_OBJECTS
              + " objects");
    }
    if (is(trouble, GuardedSockets.Blocked.class::isInstance)) {
      return failure(
          false,
          "the server's address is inside the network or reserved; allowed: public addresses, and"
              + " the hosts of balsam.libraries.allowed-hosts",
          trouble);
    }
    if (is(trouble, InterruptedIOException.class::isInstance)) {
      return failure(
          true, "the server took longer than balsam.libraries.time-limit allows", trouble);
    }
    return explainServer(trouble);
  }

  private static ExternalFailure explainServer(Exception trouble) {
    if (trouble instanceof NoToken none) {
      return failure(
          false,
          "the file that its token-file names "
              + none.getMessage()
              + "; its first line has to be the token",
          trouble);
    }
    if (is(trouble, UnknownHostException.class::isInstance)) {
      return failure(true, "the server's name is not known", trouble);
    }
    if (is(trouble, ConnectException.class::isInstance)) {
      return failure(true, "the server takes no connection", trouble);
    }
    if (is(trouble, SSLException.class::isInstance)) {
      return failure(true, "the server's certificate or TLS cannot be trusted", trouble);
    }
    if (is(trouble, CorruptObjectException.class::isInstance)) {
      return failure(false, "the repository has objects that Git does not allow", trouble);
    }
    return failure(
        true,
        "the repository cannot be fetched: " + GitNames.printable(String.valueOf(said(trouble))),
        trouble);
  }

  /** JGit puts the address first, which is configured and need not be repeated. */
  private static String said(Exception trouble) {
    var message = String.valueOf(trouble.getMessage());
    var end = message.indexOf(": ");
    return message.startsWith("http") && end > 0 ? message.substring(end + 2) : message;
  }

  private static boolean is(Throwable trouble, Predicate<Throwable> kind) {
    return Stream.iterate(trouble, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .anyMatch(kind);
  }

  private static ExternalFailure failure(boolean retryable, String detail, Throwable cause) {
    return new ExternalFailure(SYSTEM, retryable, detail, cause);
  }
}
