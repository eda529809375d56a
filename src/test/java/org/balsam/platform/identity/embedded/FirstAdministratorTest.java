package org.balsam.platform.identity.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import javax.sql.DataSource;
import org.balsam.kernel.BalsamHome;
import org.balsam.platform.identity.IdentityProperties.Administrator;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

class FirstAdministratorTest {

  @TempDir Path home;
  private final DataSource database = MigratedDatabase.create();
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(database));
  private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(4);
  private final RecordedAudit audit = new RecordedAudit();
  private final EmbeddedPeople people =
      new EmbeddedPeople(
          JdbcClient.create(database), encoder, audit, transaction, Clock.systemUTC());
  private final EmbeddedSignIn signIn =
      new EmbeddedSignIn(people, encoder, audit, Clock.systemUTC());

  @Test
  void writesAOneTimePasswordThatOnlyTheOwnerReads() throws Exception {
    ensure("admin", null);
    var file = home.resolve("initial-admin-password");
    var password = Files.readString(file).strip();
    assertThat(password).hasSize(24);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(signIn.check("admin", password)).isTrue();
    assertThat(audit.together())
        .extracting(entry -> entry.action())
        .containsExactly("person.created", "administrator.added");
    assertThat(audit.together().toString()).doesNotContain(password);
    ensure("second", null);
    assertThat(people.credentials("second")).isEmpty();
  }

  @Test
  void takesThePasswordFromAFile() throws Exception {
    var file = Files.writeString(home.resolve("secret"), "from the file\n");
    ensure("root1", file);
    assertThat(signIn.check("root1", "from the file")).isTrue();
    assertThat(home.resolve("initial-admin-password")).doesNotExist();
  }

  @Test
  void refusesAFileWithoutARealPassword() throws Exception {
    var file = Files.writeString(home.resolve("secret"), "\n");
    assertThatThrownBy(() -> ensure("admin", file))
        .hasMessageContaining("administrator.password-file");
    assertThat(people.isEmpty()).isTrue();
  }

  private void ensure(String id, @Nullable Path file) {
    new FirstAdministrator(people, new Administrator(id, file), new BalsamHome(home), transaction)
        .ensure();
  }
}
