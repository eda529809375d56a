package org.balsam.platform.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where people and their roles come from.
 *
 * @param type {@code embedded} keeps them in Balsam's own database; {@code keycloak} takes people,
 *     groups and sign-in from the server in {@code balsam.identity.keycloak}
 * @param embedded settings of the type {@code embedded}
 * @param keycloak settings of the type {@code keycloak}
 */
@ConfigurationProperties("balsam.identity")
public record IdentityProperties(
    @DefaultValue("embedded") Type type,
    @DefaultValue Embedded embedded,
    @Nullable Keycloak keycloak) {

  /** The kinds of directory. */
  public enum Type {
    EMBEDDED,
    KEYCLOAK
  }

  public IdentityProperties {
    if (type == Type.KEYCLOAK && keycloak == null) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          Keycloak.PREFIX + "issuer",
          "is not set, but balsam.identity.type is 'keycloak'; give the address of the realm, for"
              + " example https://id.nsi.example/realms/nsi");
    }
  }

  /**
   * The settings of Keycloak.
   *
   * @throws IllegalStateException for the type {@code embedded} without them
   */
  public Keycloak requireKeycloak() {
    if (keycloak == null) {
      throw new IllegalStateException("balsam.identity.type is " + type);
    }
    return keycloak;
  }

  /**
   * The embedded directory.
   *
   * @param administrator who is made the platform's administrator when there is nobody yet
   */
  public record Embedded(@DefaultValue Administrator administrator) {}

  /**
   * The first administrator.
   *
   * @param id the person's id
   * @param passwordFile a file whose first line is the password; without it Balsam makes one up and
   *     writes it to {@code initial-admin-password} in its home, readable by its owner only
   */
  public record Administrator(@DefaultValue("admin") String id, @Nullable Path passwordFile) {}

  /**
   * A realm of a Keycloak server, and how it is called. The client's secret comes from a file, the
   * environment or a folder of secrets ({@code configtree:}), and never appears in a text of this
   * class.
   *
   * @param issuer the realm's address as people's browsers know it and as tokens name it, for
   *     example {@code https://id.nsi.example/realms/nsi}; {@code http} on loopback only
   * @param internalUrl the realm's address for Balsam's own calls where it is another one, for
   *     example {@code http://keycloak.identity.svc:8080/realms/nsi}
   * @param clientId Balsam's client in the realm
   * @param clientSecret the secret, where there is no such file; by an environment variable or
   *     {@code configtree:}, not on the command line
   * @param clientSecretFile a file whose first line is the client's secret; read again when it is
   *     needed, so that it is exchanged without a restart
   * @param audience what a token's {@code aud} must hold for the API to accept it
   * @param freshness how long what Keycloak said about a person is believed, 0s to 60s: a role that
   *     is taken away there counts no longer than this
   * @param certificates a PEM file with the authorities that the server's certificate is trusted
   *     by, instead of those of Java
   * @param connectTimeout how long the server may take to accept a connection
   * @param readTimeout how long the server may take to answer
   */
  public record Keycloak(
      URI issuer,
      @Nullable URI internalUrl,
      @DefaultValue("balsam") String clientId,
      @Nullable Path clientSecretFile,
      @Nullable String clientSecret,
      @DefaultValue("balsam-api") String audience,
      @DefaultValue("10s") Duration freshness,
      @Nullable Path certificates,
      @DefaultValue("2s") Duration connectTimeout,
      @DefaultValue("5s") Duration readTimeout) {

    static final String PREFIX = "balsam.identity.keycloak.";

    private static final Pattern REALM = Pattern.compile("(?:/[A-Za-z0-9._-]+)*/realms/[^/]+");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration OLDEST = Duration.ofSeconds(60);

    public Keycloak {
      check("issuer", isRealm(issuer), issuer + " is not of the form https://host/realms/realm");
      check(
          "issuer",
          "https".equals(issuer.getScheme()) || LOOPBACK.contains(issuer.getHost()),
          issuer + " is not https; people would send their passwords readable by others");
      check(
          "internal-url",
          internalUrl == null || isRealm(internalUrl),
          internalUrl + " is not of the form http://host:port/realms/realm");
      check("client-id", !clientId.isBlank(), "is empty");
      check(
          "client-secret-file",
          clientSecretFile != null ^ clientSecret != null,
          "either this key or client-secret is set");
      check("audience", !audience.isBlank(), "is empty");
      check(
          "freshness",
          !freshness.isNegative() && freshness.compareTo(OLDEST) <= 0,
          freshness + " is not in the range 0s to 60s");
      check("connect-timeout", isPositive(connectTimeout), connectTimeout + " is not positive");
      check("read-timeout", isPositive(readTimeout), readTimeout + " is not positive");
    }

    /** The realm's address for Balsam's own calls. */
    public URI address() {
      return internalUrl == null ? issuer : internalUrl;
    }

    private static boolean isRealm(@Nullable URI address) {
      return address != null
          && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null
          && address.getUserInfo() == null
          && address.getQuery() == null
          && address.getFragment() == null
          && REALM.matcher(address.getPath()).matches();
    }

    private static boolean isPositive(Duration duration) {
      return !duration.isNegative() && !duration.isZero();
    }

    private static void check(String key, boolean right, String otherwise) {
      if (!right) {
        throw new Invalid(ErrorCode.INVALID_INPUT, PREFIX + key, otherwise);
      }
    }

    @Override
    public String toString() {
      return "Keycloak[" + issuer + "]";
    }
  }
}
