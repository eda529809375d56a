package org.balsam.platform.identity.keycloak;

import javax.net.ssl.SSLException;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.ResourceAccessException;

/** What went wrong at Keycloak, for operators. Never a secret, never an answer's text. */
final class KeycloakErrorMapper {

  private static final String SYSTEM = "Keycloak";

  private KeycloakErrorMapper() {}

  static ExternalFailure map(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ExternalFailure known) {
        return known;
      }
      if (cause instanceof ResourceAccessException && isUntrusted(cause)) {
        return lasting(
            "shows a certificate that is not trusted; name the authority's file in"
                + " balsam.identity.keycloak.certificates",
            failure);
      }
      if (cause instanceof ResourceAccessException) {
        return unavailable("does not answer; check that it runs and can be reached", failure);
      }
      if (cause instanceof HttpStatusCodeException answer) {
        var status = HttpStatus.resolve(answer.getStatusCode().value());
        return failure instanceof OAuth2AuthorizationException && status == HttpStatus.UNAUTHORIZED
            ? refused("invalid_client", failure)
            : status(status, failure);
      }
    }
    return failure instanceof OAuth2AuthorizationException refused
        ? refused(refused.getError().getErrorCode(), failure)
        : lasting("gave an answer that is not understood", failure);
  }

  private static boolean isUntrusted(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return true;
      }
    }
    return false;
  }

  private static ExternalFailure refused(String code, RuntimeException failure) {
    return lasting(
        "refuses Balsam's client ("
            + code
            + "); check balsam.identity.keycloak.client-id, its secret, and that service accounts"
            + " are on for the client",
        failure);
  }

  /** The server is away or overloaded; it may answer later. */
  static ExternalFailure unavailable(String detail, Throwable cause) {
    return new ExternalFailure(ErrorCode.DIRECTORY_UNAVAILABLE, SYSTEM, true, detail, cause);
  }

  private static ExternalFailure status(@Nullable HttpStatus status, RuntimeException failure) {
    if (status == null) {
      return lasting("gave an unknown status", failure);
    }
    return switch (status) {
      case UNAUTHORIZED ->
          lasting("does not accept Balsam's own token; check the client's secret", failure);
      case FORBIDDEN ->
          lasting(
              "does not allow this to Balsam's service account; give it the rights of"
                  + " docs/keycloak.md",
              failure);
      case NOT_FOUND ->
          lasting("has no such realm, person or group; check the realm's address", failure);
      default ->
          status.is5xxServerError() || status == HttpStatus.TOO_MANY_REQUESTS
              ? unavailable("answers " + status.value(), failure)
              : lasting("answers " + status.value(), failure);
    };
  }

  private static ExternalFailure lasting(String detail, Throwable cause) {
    return new ExternalFailure(SYSTEM, false, detail, cause);
  }
}
