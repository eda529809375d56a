package org.balsam.platform.identity;

import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.platform.identity.embedded.EmbeddedDirectory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.platform.identity.embedded.EmbeddedSignIn;
import org.balsam.platform.identity.embedded.FirstAdministrator;
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

  @Bean
  Directory directory(
      IdentityProperties properties,
      JdbcClient jdbc,
      TransactionOperations transaction,
      AuditTrail audit) {
    var directory =
        switch (properties.type()) {
          case EMBEDDED -> new EmbeddedDirectory(jdbc, transaction);
        };
    return new AuditedDirectory(directory, audit, transaction);
  }

  @Bean
  AuthenticationProvider passwords(
      IdentityProperties properties,
      EmbeddedPeople people,
      PasswordEncoder encoder,
      AuditTrail audit,
      Clock clock) {
    return switch (properties.type()) {
      case EMBEDDED -> new EmbeddedSignIn(people, encoder, audit, clock);
    };
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
      if (!demo) {
        first.ensure();
      }
    };
  }
}
