package org.balsam.platform.identity;

import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Probe;
import org.balsam.platform.identity.embedded.EmbeddedDirectory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.platform.identity.embedded.EmbeddedProbe;
import org.balsam.platform.identity.embedded.EmbeddedSignIn;
import org.balsam.platform.identity.embedded.FirstAdministrator;
import org.balsam.platform.identity.embedded.PasswordSignIn;
import org.balsam.platform.identity.keycloak.KeycloakRealm;
import org.balsam.platform.identity.web.SignIn;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionOperations;

/** Chooses where people come from and publishes the directory in its audited form. */
@Configuration
class IdentityConfiguration {

  /** What a type of identity consists of. */
  private record Adapter(
      Directory directory, SignIn signIn, AuthenticationProvider passwords, Probe probe) {}

  @Bean
  Adapter identityAdapter(
      IdentityProperties properties,
      Installation installation,
      EmbeddedPeople people,
      PasswordEncoder encoder,
      JdbcClient jdbc,
      TransactionOperations transaction,
      AuditTrail audit,
      Clock clock) {
    return switch (properties.type()) {
      case EMBEDDED -> {
        var passwords = new EmbeddedSignIn(people, encoder, audit, clock);
        var directory = new EmbeddedDirectory(jdbc, transaction);
        yield new Adapter(
            directory, new PasswordSignIn(passwords), passwords, new EmbeddedProbe(directory));
      }
      case KEYCLOAK -> {
        var realm =
            new KeycloakRealm(
                properties.requireKeycloak(), installation, jdbc, transaction, audit, clock);
        yield new Adapter(realm.directory(), realm.signIn(), realm.passwords(), realm.probe());
      }
    };
  }

  @Bean
  Directory directory(Adapter adapter, AuditTrail audit, TransactionOperations transaction) {
    return new AuditedDirectory(adapter.directory(), audit, transaction);
  }

  @Bean
  SignIn signIn(Adapter adapter) {
    return adapter.signIn();
  }

  @Bean
  AuthenticationProvider passwords(Adapter adapter) {
    return adapter.passwords();
  }

  @Bean
  Probe identityProbe(Adapter adapter) {
    return adapter.probe();
  }

  @Bean
  EmbeddedPeople embeddedPeople(
      JdbcClient jdbc,
      PasswordEncoder encoder,
      AuditTrail audit,
      TransactionOperations transaction,
      Clock clock) {
    return new EmbeddedPeople(jdbc, encoder, audit, transaction, clock);
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return PasswordEncoderFactories.createDelegatingPasswordEncoder();
  }

  @Bean
  SmartInitializingSingleton firstAdministrator(
      IdentityProperties properties,
      EmbeddedPeople people,
      BalsamHome home,
      TransactionOperations transaction,
      @Value("${balsam.demo.enabled:false}") boolean demo) {
    var first =
        new FirstAdministrator(people, properties.embedded().administrator(), home, transaction);
    return () -> {
      if (!demo && properties.type() == IdentityProperties.Type.EMBEDDED) {
        first.ensure();
      }
    };
  }
}
