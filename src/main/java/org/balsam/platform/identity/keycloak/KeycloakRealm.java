package org.balsam.platform.identity.keycloak;

import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Probe;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.IdentityProperties.Keycloak;
import org.balsam.platform.identity.web.SignIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.transaction.support.TransactionOperations;

/** What Balsam takes from a realm. Nothing is asked of the server before it is needed. */
public final class KeycloakRealm {

  private final KeycloakDirectory directory;
  private final KeycloakSignIn signIn;
  private final KeycloakProbe probe;

  /**
   * A realm.
   *
   * @throws org.balsam.kernel.Invalid when a file that the settings name is not usable
   */
  public KeycloakRealm(
      Keycloak settings,
      Installation installation,
      JdbcClient jdbc,
      TransactionOperations transaction,
      AuditTrail audit,
      Clock clock) {
    var connection = new RealmConnection(settings);
    var admin = new RealmAdmin(connection, clock);
    directory =
        new KeycloakDirectory(
            admin,
            new Accounts(jdbc, transaction, audit, clock),
            new ProjectGroups(admin, jdbc, installation),
            settings.freshness(),
            clock);
    var tokens = TokenCheck.accessTokens(connection);
    signIn = new KeycloakSignIn(connection, tokens, directory, audit);
    probe = new KeycloakProbe(admin, tokens, installation, settings.issuer().toString(), clock);
  }

  /** Its people and groups. */
  public Directory directory() {
    return directory;
  }

  /** How to sign in there. */
  public SignIn signIn() {
    return signIn;
  }

  /** Shows that the realm does what Balsam needs. */
  public Probe probe() {
    return probe;
  }

  /** Refuses passwords, which only the realm may see. */
  public AuthenticationProvider passwords() {
    return new NoPasswords();
  }
}
