package org.balsam.testing;

import java.util.Map;
import javax.sql.DataSource;
import org.balsam.platform.database.DatabaseAccess;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of its own with Balsam's tables, for tests without Spring. */
public final class MigratedDatabase {

  private MigratedDatabase() {}

  /** A new database; connections are those of the application, without rights of the owner. */
  public static DataSource create() {
    var access = TestDatabase.create();
    migrate(access);
    return open(access);
  }

  /** Makes Balsam's tables. */
  public static void migrate(DatabaseAccess access) {
    migrate(access, "latest");
  }

  /** Makes Balsam's tables as they were after this migration. */
  public static void migrate(DatabaseAccess access, String target) {
    Flyway.configure()
        .target(target)
        .dataSource(access.url(), access.owner(), access.ownerPassword())
        .defaultSchema("balsam")
        .schemas("balsam")
        .createSchemas(false)
        .placeholders(Map.of("application", access.user()))
        .load()
        .migrate();
  }

  /** Connections as the application. */
  public static DataSource open(DatabaseAccess access) {
    return new DriverManagerDataSource(access.url(), access.user(), access.password());
  }
}
