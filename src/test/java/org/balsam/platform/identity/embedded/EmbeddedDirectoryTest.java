package org.balsam.platform.identity.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.DirectoryContract;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

class EmbeddedDirectoryTest extends DirectoryContract {

  private final DataSource database = MigratedDatabase.create();
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(database));
  private final EmbeddedPeople people =
      new EmbeddedPeople(
          JdbcClient.create(database),
          new BCryptPasswordEncoder(4),
          new RecordedAudit(),
          transaction,
          Clock.systemUTC());

  @Override
  protected Directory directory() {
    people.ensurePerson("ann", "Ann Berg", "ann@nsi.example", "a secret");
    people.ensurePerson("bob", "Bob", "", "a secret");
    people.ensurePerson("adm", "Adm", "", "a secret");
    people.ensureAdministrator("adm");
    return new EmbeddedDirectory(JdbcClient.create(database), transaction);
  }

  @Test
  void aDisabledPersonIsUnknownAndHasNoRoles() {
    var directory = directory();
    var lfs = new ProjectId("lfs");
    directory.ensureGroups(lfs, ProjectKind.PRODUCTION);
    directory.setRoles(lfs, "ann", Set.of(Role.OWNER));
    people.setDisabled("ann", true);
    assertThat(directory.person("ann")).isEmpty();
    assertThat(directory.groupsOf("ann")).isEmpty();
    assertThat(directory.membersOf("lfs/owner")).isEmpty();
    people.setDisabled("ann", false);
    assertThat(directory.groupsOf("ann")).containsExactly("lfs/owner");
  }
}
