package org.balsam.platform.identity.keycloak;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.balsam.kernel.ExternalFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/**
 * Leads people whom signing in failed back to the page, which says what is fixed: nothing of what
 * the failure says reaches it. What lies with Keycloak or the settings is in the log.
 */
final class SignInFailures implements AuthenticationFailureHandler {

  static final String REFUSED = "account_refused";
  static final String UNAVAILABLE = "directory_unavailable";

  private static final Logger LOG = LoggerFactory.getLogger(SignInFailures.class);

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    tell(failure);
    response.sendRedirect(request.getContextPath() + "/login?error=" + reason(failure));
  }

  private static String reason(AuthenticationException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AccountRefused) {
        return REFUSED;
      }
      if (cause instanceof ExternalFailure || cause instanceof ResourceAccessException) {
        return UNAVAILABLE;
      }
    }
    return "failed";
  }

  private static void tell(AuthenticationException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ExternalFailure
          || cause instanceof RestClientException
          || cause instanceof OAuth2AuthorizationException) {
        LOG.warn(
            "a sign-in failed: {}", KeycloakErrorMapper.map((RuntimeException) cause).getMessage());
        return;
      }
    }
    if (failure.getCause() instanceof JwtException doubtful) {
      LOG.warn("a sign-in failed: Keycloak's ID token: {}", doubtful.getMessage());
    }
  }
}
