package org.balsam.api;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.balsam.testing.GitServer;
import org.balsam.testing.HubJourney;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A client of the BALSAM hub on a Balsam with its embedded parts. */
@DirtiesContext
class HubClientTest extends ApiTestBase {

  private static GitServer server;

  @DynamicPropertySource
  static void useLibrary(DynamicPropertyRegistry properties) throws Exception {
    var folder = Files.createTempDirectory(Path.of("target"), "hub-library").toAbsolutePath();
    server = new GitServer(folder);
    server.commit("methods", HubJourney.LIBRARY);
    properties.add("balsam.libraries.allowed-hosts", () -> "127.0.0.1");
    properties.add("balsam.libraries.sources.methods.name", () -> "Methods");
    properties.add("balsam.libraries.sources.methods.url", () -> server.url("methods"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void aClientOfTheHubDoesItsWorkOnEmbeddedParts() throws Exception {
    new HubJourney(
            URI.create("http://127.0.0.1:" + port),
            person -> ApiFixture.basic(person, ApiFixture.password(person)),
            OUTSIDER,
            "owner")
        .run(ADMIN);
  }
}
