package org.balsam.platform.identity.keycloak;

import org.balsam.platform.identity.IdentityProperties.Keycloak;

/**
 * Where a realm answers. Nothing is asked of the server for it: a start does not need the server,
 * and no answer of a server names where a secret is sent.
 *
 * @param authorization where browsers are sent
 * @param token where codes and client credentials become tokens
 * @param keys the keys that tokens are signed with
 * @param logout where a session ends
 * @param admin the realm's part of the administration's REST API
 */
record RealmAddresses(
    String authorization, String token, String keys, String logout, String admin) {

  private static final String REALMS = "/realms/";
  private static final String PROTOCOL = "/protocol/openid-connect";

  static RealmAddresses of(Keycloak settings) {
    var own = settings.address().toString();
    var realm = own.lastIndexOf(REALMS);
    return new RealmAddresses(
        settings.issuer() + PROTOCOL + "/auth",
        own + PROTOCOL + "/token",
        own + PROTOCOL + "/certs",
        own + PROTOCOL + "/logout",
        own.substring(0, realm) + "/admin" + own.substring(realm));
  }
}
