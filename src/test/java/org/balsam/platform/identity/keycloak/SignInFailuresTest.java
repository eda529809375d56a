package org.balsam.platform.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtException;

@ExtendWith(OutputCaptureExtension.class)
class SignInFailuresTest {

  @Test
  void whatLiesWithKeycloakIsForOperators(CapturedOutput log) throws IOException {
    var secret = new OAuth2AuthorizationException(new OAuth2Error("invalid_client"));
    assertThat(page(secret)).isEqualTo("/login?error=failed");
    assertThat(log).contains("a sign-in failed", "invalid_client", "its secret");
    var away = KeycloakErrorMapper.unavailable("does not answer", null);
    assertThat(page(new JwtException("the keys are not known", away)))
        .isEqualTo("/login?error=directory_unavailable");
    assertThat(log).contains("a sign-in failed: Keycloak: does not answer");
    assertThat(page(new JwtException("the issuer is another"))).isEqualTo("/login?error=failed");
    assertThat(log).contains("ID token: the issuer is another");
  }

  @Test
  void whatOthersSendIsNeitherShownNorLogged(CapturedOutput log) throws IOException {
    assertThat(page(new IllegalStateException("evil"))).isEqualTo("/login?error=failed");
    assertThat(page(new AccountRefused("the login name belongs to another account in Balsam")))
        .isEqualTo("/login?error=account_refused");
    assertThat(log).doesNotContain("evil");
  }

  private static String page(Throwable cause) throws IOException {
    var response = new MockHttpServletResponse();
    new SignInFailures()
        .onAuthenticationFailure(
            new MockHttpServletRequest(),
            response,
            new OAuth2AuthenticationException(new OAuth2Error("evil\n\"<script>"), cause));
    return response.getRedirectedUrl();
  }
}
