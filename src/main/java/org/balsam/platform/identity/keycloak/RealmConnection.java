package org.balsam.platform.identity.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ServerTrust;
import org.balsam.platform.identity.IdentityProperties.Keycloak;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/**
 * How Balsam calls the realm: only at its configured addresses, no redirect is followed, every call
 * has a time limit. The secret is read anew for each call that needs it.
 */
final class RealmConnection {

  /** The name of the client within Spring Security and in the address that browsers return to. */
  static final String REGISTRATION = "keycloak";

  private final Keycloak settings;
  private final RealmAddresses addresses;
  private final ClientHttpRequestFactory requests;

  RealmConnection(Keycloak settings) {
    this.settings = settings;
    this.addresses = RealmAddresses.of(settings);
    this.requests = requests(settings);
    secret();
  }

  RealmAddresses addresses() {
    return addresses;
  }

  Keycloak settings() {
    return settings;
  }

  /** For the administration's REST API. */
  RestClient.Builder admin() {
    return RestClient.builder().requestFactory(requests).baseUrl(addresses.admin());
  }

  /** For the endpoint of tokens. */
  RestClient tokens() {
    return RestClient.builder()
        .requestFactory(requests)
        .messageConverters(
            converters -> {
              converters.clear();
              converters.add(new FormHttpMessageConverter());
              converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
            })
        .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
        .build();
  }

  /** For the keys that tokens are signed with. */
  RestOperations keys() {
    return new RestTemplate(requests);
  }

  /** Balsam as a client to which people sign in: code with PKCE. */
  ClientRegistration forPeople() {
    return registration(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
        .scope("openid")
        .authorizationUri(addresses.authorization())
        .jwkSetUri(addresses.keys())
        .issuerUri(settings.issuer().toString())
        .userNameAttributeName("sub")
        .clientSettings(ClientRegistration.ClientSettings.builder().requireProofKey(true).build())
        .build();
  }

  /** Balsam itself. */
  ClientRegistration forBalsam() {
    return registration(AuthorizationGrantType.CLIENT_CREDENTIALS).build();
  }

  private ClientRegistration.Builder registration(AuthorizationGrantType grant) {
    return ClientRegistration.withRegistrationId(REGISTRATION)
        .clientId(settings.clientId())
        .clientSecret(secret())
        .authorizationGrantType(grant)
        .tokenUri(addresses.token());
  }

  private String secret() {
    if (settings.clientSecret() != null) {
      return settings.clientSecret();
    }
    var file = settings.clientSecretFile();
    try (var lines = Files.lines(file)) {
      return lines
          .findFirst()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .orElseThrow(() -> unusable("client-secret-file", file, "its first line is empty"));
    } catch (IOException | UncheckedIOException unreadable) {
      throw unusable("client-secret-file", file, "it cannot be read");
    }
  }

  private static ClientHttpRequestFactory requests(Keycloak settings) {
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout());
    ServerTrust.of("balsam.identity.keycloak.certificates", settings.certificates())
        .ifPresent(trust -> client.sslContext(trust.context()));
    var factory = new JdkClientHttpRequestFactory(client.build());
    factory.setReadTimeout(settings.readTimeout());
    return factory;
  }

  private static Invalid unusable(String key, Path file, String why) {
    return new Invalid(
        ErrorCode.INVALID_INPUT, "balsam.identity.keycloak." + key, "names '" + file + "': " + why);
  }
}
