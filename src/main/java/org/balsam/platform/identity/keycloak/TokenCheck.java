package org.balsam.platform.identity.keycloak;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.List;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Which tokens are believed: signed by the realm with a public key, from its issuer, within their
 * time give or take half a minute, and meant for Balsam. Access tokens must say that they are such:
 * an ID or logout token is signed with the same keys and must not open the API.
 */
final class TokenCheck {

  private static final Duration SKEW = Duration.ofSeconds(30);

  private TokenCheck() {}

  /** For tokens that programs send to the API. */
  static JwtDecoder accessTokens(RealmConnection connection) {
    var settings = connection.settings();
    return decoder(
        connection,
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(SKEW),
            new JwtIssuerValidator(settings.issuer().toString()),
            new JwtClaimValidator<List<String>>(
                "aud", audience -> audience != null && audience.contains(settings.audience())),
            new JwtClaimValidator<String>("typ", "Bearer"::equals),
            new JwtClaimValidator<String>("sub", subject -> subject != null)));
  }

  /** For tokens that say who signed in. */
  static JwtDecoder idTokens(RealmConnection connection, ClientRegistration client) {
    var ofClient = new OidcIdTokenValidator(client);
    ofClient.setClockSkew(SKEW);
    return decoder(
        connection,
        new DelegatingOAuth2TokenValidator<>(
            ofClient, new JwtClaimValidator<String>("typ", "ID"::equals)));
  }

  private static JwtDecoder decoder(
      RealmConnection connection, OAuth2TokenValidator<Jwt> validator) {
    var decoder =
        NimbusJwtDecoder.withJwkSetUri(connection.addresses().keys())
            .restOperations(connection.keys())
            .jwsAlgorithms(
                algorithms -> {
                  for (var algorithm : SignatureAlgorithm.values()) {
                    if (JWSAlgorithm.Family.SIGNATURE.contains(
                        JWSAlgorithm.parse(algorithm.getName()))) {
                      algorithms.add(algorithm);
                    }
                  }
                })
            .build();
    decoder.setJwtValidator(validator);
    return token -> {
      try {
        return decoder.decode(token);
      } catch (BadJwtException bad) {
        throw bad;
      } catch (JwtException noKeys) {
        throw KeycloakErrorMapper.unavailable("does not give the keys of its tokens", noKeys);
      }
    };
  }
}
