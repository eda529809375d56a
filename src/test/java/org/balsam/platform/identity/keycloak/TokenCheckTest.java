package org.balsam.platform.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.identity.IdentityProperties.Keycloak;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Tokens as a forger would make them, against a server that only publishes keys. */
class TokenCheckTest {

  private HttpServer server;
  private RSAKey key;
  private String issuer;
  private JwtDecoder check;

  @BeforeEach
  void serveKeys() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/nsi";
    var keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/realms/nsi/protocol/openid-connect/certs",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    server.start();
    check = TokenCheck.accessTokens(connection(issuer));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aTokenOfTheRealmForBalsamIsBelieved() throws Exception {
    assertThat(check.decode(signed(claims())).getSubject()).isEqualTo("account");
    assertThat(check.decode(signed(claims().expirationTime(in(-10)))).getSubject())
        .isEqualTo("account");
  }

  @Test
  void everythingElseIsNot() throws Exception {
    refused(signed(claims().expirationTime(in(-31))));
    refused(signed(claims().notBeforeTime(in(600))));
    refused(signed(claims().issuer(issuer + "x")));
    refused(signed(claims().issuer(null)));
    refused(signed(claims().audience("account")));
    refused(signed(claims().audience((String) null)));
    refused(signed(claims().claim("typ", "ID")));
    refused(signed(claims().claim("typ", "Logout")));
    refused(signed(claims().claim("typ", null)));
    refused(signed(claims().subject(null)));
    refused(new PlainJWT(claims().build()).serialize());
    refused("a.b.c");
  }

  @Test
  void signaturesByOtherKeysAreRefused() throws Exception {
    refused(signed(new RSAKeyGenerator(2048).keyID("one").generate(), claims()));
    refused(signed(new RSAKeyGenerator(2048).keyID("two").generate(), claims()));
    var confused = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
    confused.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    refused(confused.serialize());
    var whole = signed(claims());
    refused(whole.substring(0, whole.lastIndexOf('.') + 1));
  }

  @Test
  void aServerWithoutKeysIsOutsideTroubleAndNotAWrongToken() throws Exception {
    var token = signed(claims());
    server.stop(0);
    assertThatThrownBy(() -> check.decode(token))
        .isInstanceOfSatisfying(
            ExternalFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.DIRECTORY_UNAVAILABLE);
              assertThat(failure.retryable()).isTrue();
            });
  }

  @Test
  void aRedirectOfTheServerIsNotFollowed() throws Exception {
    var elsewhere =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", issuer + "/protocol/openid-connect/certs");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    elsewhere.start();
    try {
      var address = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/realms/nsi";
      var token = signed(claims().issuer(address));
      assertThatThrownBy(() -> TokenCheck.accessTokens(connection(address)).decode(token))
          .isInstanceOf(ExternalFailure.class);
    } finally {
      elsewhere.stop(0);
    }
  }

  private void refused(String token) {
    assertThatThrownBy(() -> check.decode(token)).as(token).isInstanceOf(BadJwtException.class);
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(List.of("account", "balsam-api"))
        .subject("account")
        .claim("typ", "Bearer")
        .issueTime(in(-60))
        .expirationTime(in(600));
  }

  private Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private String signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(key, claims);
  }

  private static String signed(RSAKey key, JWTClaimsSet.Builder claims) throws JOSEException {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(key.getKeyID())
            .type(JOSEObjectType.JWT)
            .build();
    var token = new SignedJWT(header, claims.build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static RealmConnection connection(String issuer) {
    return new RealmConnection(
        new Keycloak(
            URI.create(issuer),
            null,
            "balsam",
            null,
            "secret",
            "balsam-api",
            Duration.ZERO,
            null,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60)));
  }
}
