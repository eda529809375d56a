package org.balsam.platform.identity.keycloak;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClientException;

/**
 * Ends the session at Keycloak too, so that the next page does not sign in by itself. Balsam asks
 * for it directly: no token is in an address that a browser sees. The session of Balsam ends
 * whatever Keycloak answers.
 */
final class KeycloakLogout implements LogoutHandler {

  private static final Logger LOG = LoggerFactory.getLogger(KeycloakLogout.class);

  private final RealmConnection connection;
  private final OAuth2AuthorizedClientRepository clients;

  KeycloakLogout(RealmConnection connection, OAuth2AuthorizedClientRepository clients) {
    this.connection = connection;
    this.clients = clients;
  }

  @Override
  public void logout(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication authentication) {
    OAuth2AuthorizedClient client =
        clients.loadAuthorizedClient(RealmConnection.REGISTRATION, authentication, request);
    if (client == null || client.getRefreshToken() == null) {
      return;
    }
    var form = new LinkedMultiValueMap<String, String>();
    form.add("client_id", client.getClientRegistration().getClientId());
    form.add("client_secret", connection.forBalsam().getClientSecret());
    form.add("refresh_token", client.getRefreshToken().getTokenValue());
    try {
      connection
          .tokens()
          .post()
          .uri(connection.addresses().logout())
          .contentType(MediaType.APPLICATION_FORM_URLENCODED)
          .body(form)
          .retrieve()
          .toBodilessEntity();
    } catch (RestClientException | OAuth2AuthorizationException failure) {
      LOG.warn(
          "a person signed out of Balsam, but Keycloak did not end their session there: {}",
          KeycloakErrorMapper.map(failure).getMessage());
    }
  }
}
