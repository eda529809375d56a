package org.balsam.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.platform.database.DatabaseAccess;
import org.balsam.platform.database.EmbeddedDatabase;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/** One real PostgreSQL server for all tests of a JVM; each caller gets a database of its own. */
public final class TestDatabase {

  private static final EmbeddedDatabase SERVER = start();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDatabase() {}

  /** A new, empty database with Balsam's roles and schemas, not yet migrated. */
  public static DatabaseAccess create() {
    return SERVER.access("test_" + COUNT.incrementAndGet());
  }

  /** A connection that no trigger's or grant's owner can keep out. */
  public static Connection superuser(DatabaseAccess access) throws SQLException {
    var name = access.url().replaceAll("^.*/(test_\\d+)\\?.*$", "$1");
    return SERVER.superuser(name);
  }

  private static EmbeddedDatabase start() {
    var folder =
        Path.of("target", "test-postgresql", String.valueOf(ProcessHandle.current().pid()));
    var server = EmbeddedDatabase.start(folder.toAbsolutePath(), false);
    // after Spring has closed its contexts, whose engines still talk to the database
    SpringApplication.getShutdownHandlers().add(() -> stop(server, folder));
    // Spring calls its handlers only in a JVM that started an application
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopWithoutSpring(server, folder)));
    return server;
  }

  private static void stopWithoutSpring(EmbeddedDatabase server, Path folder) {
    if (!TestDatabaseInitializer.usedSpring()) {
      stop(server, folder);
    }
  }

  private static void stop(EmbeddedDatabase server, Path folder) {
    server.close();
    FileSystemUtils.deleteRecursively(folder.toFile());
  }
}
