package org.balsam.platform.identity.embedded;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Probe;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.platform.identity.Directory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;

/** Makes the groups of a project that does not exist, finds nobody in them, and removes them. */
public final class EmbeddedProbe implements Probe {

  private static final String NO_TABLE = "42P01";
  private static final ProjectId PROJECT = new ProjectId("balsam-probe");

  private final Directory directory;

  /** A probe of the directory, which is not the audited one: nothing of a project is touched. */
  public EmbeddedProbe(EmbeddedDirectory directory) {
    this.directory = directory;
  }

  @Override
  public String port() {
    return "identity";
  }

  @Override
  public String target() {
    return "embedded";
  }

  @Override
  public void check() {
    mapped(
        () -> {
          directory.ensureGroups(PROJECT, ProjectKind.LAB);
          directory.members(PROJECT);
          directory.removeGroups(PROJECT);
        });
  }

  @Override
  public void glance() {
    mapped(() -> directory.members(PROJECT));
  }

  /** Before the first start there are no tables, and nothing is wrong with that. */
  private static void mapped(Runnable work) {
    try {
      work.run();
    } catch (BadSqlGrammarException missing) {
      if (!NO_TABLE.equals(missing.getSQLException().getSQLState())) {
        throw unusable(missing);
      }
    } catch (DataAccessException failure) {
      throw unusable(failure);
    }
  }

  private static ExternalFailure unusable(DataAccessException failure) {
    return new ExternalFailure(
        ErrorCode.DIRECTORY_UNAVAILABLE,
        "directory",
        true,
        "the database does not keep people and groups",
        failure);
  }
}
