package org.balsam.platform.identity.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.balsam.kernel.Invalid;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

class EmbeddedSignInTest {

  private final DataSource database = MigratedDatabase.create();
  private final RecordedAudit audit = new RecordedAudit();
  private final PasswordEncoder encoder =
      PasswordEncoderFactories.createDelegatingPasswordEncoder();
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final EmbeddedPeople people =
      new EmbeddedPeople(
          JdbcClient.create(database),
          encoder,
          audit,
          new TransactionTemplate(new JdbcTransactionManager(database)),
          clock);
  private EmbeddedSignIn signIn = new EmbeddedSignIn(people, encoder, audit, clock);

  @BeforeEach
  void addAnn() {
    people.ensurePerson("ann", "Ann", "", "right");
  }

  @Test
  void onlyTheRightPasswordOpens() {
    assertThat(signIn.check("ann", "right")).isTrue();
    assertThat(signIn.check("ann", "wrong")).isFalse();
    assertThat(signIn.check("ann", "")).isFalse();
    assertThat(signIn.check("nobody", "right")).isFalse();
    assertThat(signIn.check("a\u0000b", "right")).isFalse();
  }

  @Test
  void theLockGrowsWithEachWrongPassword() {
    fail(3);
    assertThat(signIn.check("ann", "right")).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(signIn.check("ann", "wrong")).isFalse();
    pass(Duration.ofSeconds(3));
    assertThat(signIn.check("ann", "right")).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(signIn.check("ann", "right")).isTrue();
    fail(2);
    assertThat(signIn.check("ann", "right")).isTrue();
  }

  @Test
  void aLockDoesNotShutOutWhoIsAlreadyIn() {
    assertThat(signIn.check("ann", "right")).isTrue();
    fail(5);
    assertThat(signIn.check("ann", "right")).isTrue();
    signIn = new EmbeddedSignIn(people, encoder, audit, clock);
    assertThat(signIn.check("ann", "right")).isFalse();
  }

  @Test
  void aNewPasswordEndsTheOld() {
    assertThat(signIn.check("ann", "right")).isTrue();
    people.setPassword("ann", "newer");
    assertThat(signIn.check("ann", "right")).isFalse();
    assertThat(signIn.check("ann", "newer")).isTrue();
    people.setDisabled("ann", true);
    assertThat(signIn.check("ann", "newer")).isFalse();
  }

  @Test
  void failuresAreRecordedWithoutWhatAStrangerTyped() {
    signIn.check("ann", "wrong");
    signIn.check("my password", "x");
    assertThat(audit.separately())
        .extracting(entry -> entry.subject())
        .containsExactly("ann", null);
    assertThat(audit.separately())
        .allSatisfy(entry -> assertThat(entry.action()).isEqualTo("signin.failed"));
    assertThat(audit.separately().toString()).doesNotContain("my password", "wrong,", "=x");
  }

  @Test
  void nobodyExistsWithoutAPassword() {
    assertThatThrownBy(() -> people.ensurePerson("bob", "Bob", "", " "))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> people.ensurePerson("bob", "Bob", "", "x".repeat(73)))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> people.ensurePerson("anonymous", "A", "", "right"))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> people.ensurePerson("Bob", "Bob", "", "right"))
        .isInstanceOf(Invalid.class);
    assertThat(
            JdbcClient.create(database)
                .sql("select password_hash from balsam.person")
                .query(String.class)
                .single())
        .startsWith("{bcrypt}");
  }

  @Test
  void anExistingPersonKeepsTheirPassword() {
    assertThat(people.ensurePerson("ann", "Other", "", "other")).isFalse();
    assertThat(signIn.check("ann", "right")).isTrue();
  }

  private void fail(int times) {
    for (var i = 0; i < times; i++) {
      assertThat(signIn.check("ann", "wrong " + i)).isFalse();
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
