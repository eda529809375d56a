package org.balsam.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Probe;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

class IdentityConfigurationTest {

  private static final String KEYCLOAK = "balsam.identity.keycloak.";
  private static final DataSource DATABASE = MigratedDatabase.create();

  @EnableConfigurationProperties({BalsamHome.class, Installation.class, IdentityProperties.class})
  static class Properties {}

  @TempDir Path home;

  @Test
  void onlyTheAuditedDirectoryIsPublishedAndItsProbePasses() {
    application()
        .run(
            context -> {
              assertThat(context).hasSingleBean(Directory.class);
              assertThat(context.getBean(Directory.class)).isInstanceOf(AuditedDirectory.class);
              context.getBean(Probe.class).check();
            });
  }

  @Test
  void keycloakNeedNotRunWhenBalsamStartsAndNobodyIsMade() {
    keycloak("issuer=http://127.0.0.1:1/realms/nsi", "client-secret=secret")
        .withPropertyValues("balsam.home=" + home.resolve("fresh"))
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasSingleBean(Directory.class);
              assertThat(context.getBean(Probe.class).target())
                  .isEqualTo("keycloak http://127.0.0.1:1/realms/nsi");
              assertThat(home.resolve("fresh").resolve("initial-admin-password")).doesNotExist();
              assertThat(context.getBean(EmbeddedPeople.class)).isNotNull();
            });
  }

  @Test
  void badSettingsAreNamedWithKeyAndValueAndWithoutTheSecret() throws Exception {
    fails("balsam.identity.type=ldap", "balsam.identity.type", "ldap");
    fails("balsam.identity.type=keycloak", KEYCLOAK + "issuer");
    fails(keycloak("client-secret=hush hush"), KEYCLOAK + "issuer");
    fails(keycloak("issuer=https://id.nsi.example/", "client-secret=hush hush"), "/realms/");
    fails(keycloak("issuer=http://id.nsi.example/realms/nsi", "client-secret=hush hush"), "https");
    fails(keycloak("issuer=https://u:p@id.nsi.example/realms/nsi", "client-secret=x"), "issuer");
    fails(keycloak("issuer=https://id.nsi.example/realms/nsi"), KEYCLOAK + "client-secret-file");
    fails(
        keycloak(
            "issuer=https://id.nsi.example/realms/nsi",
            "client-secret=hush hush",
            "client-secret-file=" + home.resolve("secret")),
        KEYCLOAK + "client-secret-file");
    fails(
        keycloak(
            "issuer=https://id.nsi.example/realms/nsi",
            "client-secret-file=" + home.resolve("nowhere")),
        "nowhere");
    fails(
        keycloak(
            "issuer=https://id.nsi.example/realms/nsi", "client-secret=hush hush", "freshness=5m"),
        KEYCLOAK + "freshness");
    var noPem = Files.writeString(home.resolve("ca.pem"), "no certificate");
    fails(
        keycloak(
            "issuer=https://id.nsi.example/realms/nsi",
            "client-secret=hush hush",
            "certificates=" + noPem),
        KEYCLOAK + "certificates");
  }

  private void fails(String property, String... words) {
    fails(application().withPropertyValues(property), words);
  }

  private static void fails(ApplicationContextRunner application, String... words) {
    application.run(
        context -> {
          assertThat(context).hasFailed();
          for (var word : words) {
            assertThat(context.getStartupFailure()).hasStackTraceContaining(word);
          }
          assertThat(context.getStartupFailure()).message().doesNotContain("hush hush");
        });
  }

  private ApplicationContextRunner keycloak(String... settings) {
    var application = application().withPropertyValues("balsam.identity.type=keycloak");
    for (var setting : settings) {
      application = application.withPropertyValues(KEYCLOAK + setting);
    }
    return application;
  }

  private ApplicationContextRunner application() {
    return new ApplicationContextRunner()
        .withUserConfiguration(Properties.class, IdentityConfiguration.class)
        .withBean(Clock.class, Clock::systemUTC)
        .withBean(AuditTrail.class, RecordedAudit::new)
        .withBean(JdbcClient.class, () -> JdbcClient.create(DATABASE))
        .withBean(
            TransactionOperations.class,
            () -> new TransactionTemplate(new JdbcTransactionManager(DATABASE)))
        .withPropertyValues("balsam.home=" + home);
  }
}
