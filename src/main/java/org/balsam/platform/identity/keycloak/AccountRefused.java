package org.balsam.platform.identity.keycloak;

/** An account that signed in at Keycloak, but cannot be a person in Balsam. */
final class AccountRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AccountRefused(String reason) {
    super(reason);
  }
}
