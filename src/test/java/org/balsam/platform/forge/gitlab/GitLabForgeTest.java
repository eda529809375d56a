package org.balsam.platform.forge.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.balsam.kernel.Installation;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.ForgeContract;
import org.balsam.platform.forge.ForgeProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract against a server that behaves as GitLab does, with real Git behind it. */
class GitLabForgeTest extends ForgeContract {

  private static GitLabStub stub;
  private int clients;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    stub = new GitLabStub(folder);
  }

  @AfterAll
  static void stopServer() throws Exception {
    stub.close();
  }

  @Override
  protected Forge client() throws IOException {
    if (clients == 0) {
      stub.reset(temporary.resolve("server"));
    }
    return forge(settings(stub.url()), temporary.resolve("copies" + clients++));
  }

  static ForgeProperties.GitLab settings(URI url) {
    return settings(url, null);
  }

  static ForgeProperties.GitLab settings(URI url, ForgeProperties.Hook hook) {
    return new ForgeProperties.GitLab(
        url,
        GitLabStub.ROOT,
        null,
        GitLabStub.TOKEN,
        null,
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        hook);
  }

  static Forge forge(ForgeProperties.GitLab settings, Path copies) {
    return new GitLabForge(
        settings,
        new Installation("nsi", "tst"),
        copies,
        new MemoryTokenLedger(),
        Clock.systemUTC());
  }

  @Override
  protected boolean needsCredentials() {
    return true;
  }

  @AfterEach
  void gitLabWouldHaveTakenEveryRequest() {
    assertThat(stub.violations()).isEmpty();
  }
}
