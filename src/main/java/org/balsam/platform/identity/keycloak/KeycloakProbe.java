package org.balsam.platform.identity.keycloak;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Probe;
import org.balsam.platform.identity.keycloak.RealmAdmin.Group;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Gets a token as Balsam itself and checks it as the API checks tokens; makes a group, puts
 * Balsam's own account into it, finds it there, takes it out and removes the group. It needs every
 * right that Balsam needs.
 */
final class KeycloakProbe implements Probe {

  private static final String PREFIX = "balsam-probe-";
  private static final Duration LEFT_BEHIND = Duration.ofHours(1);

  private final RealmAdmin realm;
  private final JwtDecoder tokens;
  private final Installation installation;
  private final String issuer;
  private final Clock clock;

  KeycloakProbe(
      RealmAdmin realm, JwtDecoder tokens, Installation installation, String issuer, Clock clock) {
    this.realm = realm;
    this.tokens = tokens;
    this.installation = installation;
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public String port() {
    return "identity";
  }

  @Override
  public String target() {
    return "keycloak " + issuer;
  }

  @Override
  public void check() {
    var self = ownToken().getSubject();
    var top = organisation();
    realm.children(top, PREFIX).stream().filter(this::isLeftBehind).forEach(this::remove);
    var name = PREFIX + clock.instant().toEpochMilli();
    var group = realm.create(top, name, Map.of()).orElseThrow(() -> unusable(name + " exists"));
    try {
      realm.join(self, group);
      if (realm.groupsOf(self).stream().noneMatch(held -> held.id().equals(group))) {
        throw unusable("does not show Balsam's own account in a group that it was put into");
      }
      realm.leave(self, group);
    } finally {
      realm.delete(group);
    }
  }

  /** Reads a group as Balsam itself. */
  @Override
  public void glance() {
    realm.child(null, installation.organisation());
  }

  private Jwt ownToken() {
    try {
      return tokens.decode(realm.ownToken());
    } catch (JwtException refused) {
      throw unusable(
          "gives tokens that Balsam does not accept ("
              + refused.getMessage()
              + "); compare balsam.identity.keycloak.issuer with the realm's address, and .audience"
              + " with the audience mapper of the client");
    }
  }

  private String organisation() {
    var name = installation.organisation();
    return realm
        .child(null, name)
        .map(Group::id)
        .or(() -> realm.create(null, name, Map.of()))
        .orElseThrow(() -> unusable("has no group /" + name));
  }

  private boolean isLeftBehind(Group group) {
    var digits = group.name().substring(PREFIX.length());
    return digits.matches("\\d{13}")
        && Long.parseLong(digits) < clock.instant().minus(LEFT_BEHIND).toEpochMilli();
  }

  private void remove(Group group) {
    realm.delete(group.id());
  }

  private static ExternalFailure unusable(String detail) {
    return new ExternalFailure("Keycloak", false, detail, null);
  }
}
