package org.balsam.testing;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * Gives every Spring context of the tests a database and a home of its own, unless the test names
 * them.
 */
public class TestDatabaseInitializer
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final AtomicBoolean SPRING = new AtomicBoolean();

  /** Whether this JVM started a Spring context. */
  static boolean usedSpring() {
    return SPRING.get();
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    SPRING.set(true);
    var sources = context.getEnvironment().getPropertySources();
    if (context.getEnvironment().containsProperty("balsam.database.external.url")
        || context.getEnvironment().containsProperty("balsam.home")) {
      return;
    }
    // decided before this database was known; its seed would work in the background of every test
    sources.remove("demo mode");
    var access = TestDatabase.create();
    var process = String.valueOf(ProcessHandle.current().pid());
    var name = access.url().replaceAll("^.*/(test_\\d+)\\?.*$", "$1");
    var home = Path.of("target", "test-home", process, name);
    FileSystemUtils.deleteRecursively(home.toFile());
    sources.addFirst(
        new MapPropertySource(
            "test database",
            Map.of(
                "balsam.home", home.toString(),
                "balsam.compute.local.path", Papermill.PATH,
                "balsam.database.type", "external",
                "balsam.database.external.url", access.url(),
                "balsam.database.external.username", access.user(),
                "balsam.database.external.password", access.password(),
                "balsam.database.external.owner-username", access.owner(),
                "balsam.database.external.owner-password", access.ownerPassword(),
                "server.port", "0")));
  }
}
