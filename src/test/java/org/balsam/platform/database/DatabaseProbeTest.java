package org.balsam.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.balsam.kernel.ExternalFailure;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A real PostgreSQL, and what its administrator may have got wrong. */
class DatabaseProbeTest {

  private final DatabaseAccess access = TestDatabase.create();

  @Test
  void aDatabaseThatWasPreparedIsFoundSoBeforeAndAfterTheFirstStart() {
    assertThatCode(probe(access)::check).as("no tables yet").doesNotThrowAnyException();
    MigratedDatabase.migrate(access);
    var probe = probe(access);
    for (var i = 0; i < 3; i++) {
      probe.check();
      probe.glance();
    }
    assertThat(owner().sql("select count(*) from balsam.probe").query(Long.class).single())
        .isZero();
    assertThat(probe.target()).startsWith("postgresql://").doesNotContain("?", access.password());
  }

  @Test
  void aWrongPasswordIsNamedByItsLoginAndNotShown() {
    var wrong =
        new DatabaseAccess(
            access.url() + "&password=top-secret",
            access.user(),
            "top-secret",
            access.owner(),
            access.ownerPassword());
    assertThatThrownBy(probe(wrong)::check)
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("password authentication failed for user \"balsam_app\"")
        .hasMessageContaining("balsam.database.external")
        .hasMessageNotContaining("top-secret");
    assertThat(probe(wrong).target()).doesNotContain("top-secret");
  }

  @Test
  void aMissingRightIsNamedAsTheStatementThatGrantsIt() throws SQLException {
    superuser("revoke create on schema engine from balsam_app");
    assertThatThrownBy(probe(access)::check)
        .hasMessageContaining("grant CREATE on schema engine to balsam_app");
    superuser("grant create on schema engine to balsam_app");
    probe(access).check();
  }

  @Test
  void anApplicationThatMayChangeTheTrailIsNotAccepted() throws SQLException {
    MigratedDatabase.migrate(access);
    superuser("grant update on balsam.audit_event to balsam_app");
    assertThatThrownBy(probe(access)::check)
        .hasMessageContaining("'balsam_app' may change the audit trail");
  }

  @Test
  void aSchemaThatIsMissingIsNamed() throws SQLException {
    superuser("drop schema engine cascade");
    assertThatThrownBy(probe(access)::check)
        .hasMessageContaining("schema \"engine\" does not exist")
        .hasMessageContaining("External PostgreSQL");
  }

  @Test
  void aServerThatIsAwayIsNamed() {
    var away =
        new DatabaseAccess(
            "jdbc:postgresql://127.0.0.1:1/balsam", "balsam_app", "x", "balsam_owner", "x");
    assertThatThrownBy(probe(away)::check)
        .hasMessageContaining("127.0.0.1:1 refused")
        .hasMessageContaining("check that the server runs");
    assertThatThrownBy(probe(away)::glance).isInstanceOf(ExternalFailure.class);
  }

  private static DatabaseProbe probe(DatabaseAccess access) {
    return new DatabaseProbe(
        new DriverManagerDataSource(access.url(), access.user(), access.password()),
        new DriverManagerDataSource(access.url(), access.owner(), access.ownerPassword()),
        access);
  }

  private JdbcClient owner() {
    return JdbcClient.create(
        new DriverManagerDataSource(access.url(), access.owner(), access.ownerPassword()));
  }

  private void superuser(String statement) throws SQLException {
    try (var connection = TestDatabase.superuser(access);
        var sent = connection.createStatement()) {
      sent.execute(statement);
    }
  }
}
