package org.balsam.platform.forge.gitlab;

import java.io.IOException;
import java.util.Optional;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.forge.git.GitFailures;
import org.balsam.platform.forge.git.GitNames;
import org.balsam.platform.forge.git.RemoteGit;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.gitlab4j.api.GitLabApiException;
import org.jspecify.annotations.Nullable;

/** The one place that turns trouble with a GitLab server into {@link ExternalFailure}. */
final class GitLabErrorMapper {

  private final String server;

  /**
   * A mapper for one server.
   *
   * @param server its address, for messages
   */
  GitLabErrorMapper(String server) {
    this.server = server;
  }

  /** Whether the same call may succeed in a moment. */
  static boolean isPassing(GitLabApiException trouble) {
    var status = trouble.getHttpStatus();
    return status == 0 ? isNetwork(trouble) : status == 408 || status == 429 || status >= 500;
  }

  private static boolean isNetwork(Throwable trouble) {
    for (var cause = trouble; cause != null; cause = cause.getCause()) {
      if (cause instanceof javax.net.ssl.SSLHandshakeException) {
        return false;
      }
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** How many seconds the server asks to be left alone. */
  static Optional<Long> retryAfter(GitLabApiException trouble) {
    var headers = trouble.getHeaders();
    return Optional.ofNullable(headers == null ? null : headers.getFirst("Retry-After"))
        .filter(seconds -> seconds.matches("\\d{1,6}"))
        .map(Long::valueOf);
  }

  /**
   * The failure of a call to the REST interface.
   *
   * @param doing what could not be done, for example "make the group nsi/lfs"
   */
  ExternalFailure of(String doing, GitLabApiException trouble) {
    var said = GitNames.printable(String.valueOf(trouble.getMessage()).replace('\n', ' '));
    return switch (trouble.getHttpStatus()) {
      case 0 ->
          failure(
              doing,
              isPassing(trouble),
              "no answer that can be read from "
                  + server
                  + " ("
                  + said
                  + "); check that it runs, is reachable from here, and shows a certificate that is"
                  + " trusted (balsam.forge.gitlab.certificates)",
              trouble);
      case 401 -> failure(doing, false, tokenRefused(), trouble);
      case 403 ->
          failure(
              doing,
              false,
              server + " answered 403 (" + said + "); the token lacks a right: " + seeRights(),
              trouble);
      case 404 ->
          failure(
              doing,
              false,
              server
                  + " answered 404 ("
                  + said
                  + "), which it also does where the token lacks a right: "
                  + seeRights(),
              trouble);
      case 429 ->
          failure(
              doing,
              true,
              server
                  + " asks for fewer requests"
                  + retryAfter(trouble).map(s -> " (Retry-After " + s + " s)").orElse("")
                  + "; it was asked several times",
              trouble);
      default ->
          failure(
              doing,
              isPassing(trouble),
              server
                  + " answered "
                  + trouble.getHttpStatus()
                  + " ("
                  + said
                  + ")"
                  + (isPassing(trouble) ? "; it was asked several times" : ""),
              trouble);
    };
  }

  /** Whether the server says that there is no such repository for this account. */
  static boolean isMissing(IOException trouble) {
    return trouble instanceof NoRemoteRepositoryException;
  }

  /** The failure of Git over HTTP. */
  ExternalFailure of(String doing, IOException trouble) {
    var said = String.valueOf(trouble.getMessage());
    if (said.contains("not authorized") || said.contains("authentication not supported")) {
      return failure(doing, false, tokenRefused(), trouble);
    }
    if (said.contains("not permitted")) {
      return failure(doing, false, "Git is not permitted with this token: " + seeRights(), trouble);
    }
    return failure(
        doing,
        true,
        "Git at " + server + ": " + GitNames.printable(said) + "; check that it runs",
        trouble);
  }

  /** The failure of a push that stays refused. */
  ExternalFailure refused(String doing, IOException trouble) {
    return trouble instanceof RemoteGit.Refused refused
        ? failure(
            doing,
            refused.isMoved(),
            "Git at "
                + server
                + " refuses the push ("
                + trouble.getMessage()
                + "); a rule of the server or the token's role stands against it: "
                + seeRights(),
            trouble)
        : of(doing, trouble);
  }

  private String tokenRefused() {
    return server
        + " does not accept Balsam's token: it expired, was revoked, or is mistyped; put a new one"
        + " in its place (balsam.forge.gitlab.token-file), no restart is needed";
  }

  private static String seeRights() {
    return "see \"Code on a GitLab server\" in operations.md";
  }

  static ExternalFailure failure(
      String doing, boolean retryable, String why, @Nullable Exception cause) {
    return new ExternalFailure(
        GitFailures.SYSTEM, retryable, "could not " + doing + ": " + why, cause);
  }
}
