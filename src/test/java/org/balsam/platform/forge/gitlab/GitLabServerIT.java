package org.balsam.platform.forge.gitlab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.ForgeContract;
import org.balsam.platform.forge.ForgeProperties;
import org.gitlab4j.api.GitLabApi;
import org.gitlab4j.api.GitLabApiException;
import org.gitlab4j.api.models.Group;
import org.gitlab4j.api.models.Visibility;
import org.junit.jupiter.api.AfterEach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contract against a GitLab server that somebody names; see "Trying a GitLab server" in
 * docs/operations.md. Each case has a group of its own, which it removes.
 */
class GitLabServerIT extends ForgeContract {

  private static final Logger LOG = LoggerFactory.getLogger(GitLabServerIT.class);
  private static final String URL = System.getProperty("balsam.it.gitlab.url", "");
  private static final String GROUP = System.getProperty("balsam.it.gitlab.group", "");
  private static final String TOKEN = System.getProperty("balsam.it.gitlab.token-file", "");

  private Group group;
  private int clients;

  @Override
  protected Forge client() throws IOException {
    if (URL.isEmpty() || GROUP.isEmpty() || TOKEN.isEmpty()) {
      LOG.info("Not run: no GitLab server is named by balsam.it.gitlab.url, .group, .token-file");
      assumeTrue(false, "no GitLab server is named");
    }
    if (group == null) {
      group = makeGroup();
    }
    var settings =
        new ForgeProperties.GitLab(
            URI.create(URL),
            group.getFullPath(),
            Path.of(TOKEN),
            null,
            null,
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            null);
    return GitLabForgeTest.forge(settings, temporary.resolve("copies" + clients++));
  }

  @Override
  protected boolean needsCredentials() {
    return true;
  }

  private static Group makeGroup() throws IOException {
    try (var api = api()) {
      var name = "t" + UUID.randomUUID().toString().substring(0, 8);
      var parent = api.getGroupApi().getGroup(GROUP);
      return api.getGroupApi()
          .addGroup(
              new Group()
                  .withName(name)
                  .withPath(name)
                  .withParentId(parent.getId())
                  .withVisibility(Visibility.PRIVATE));
    } catch (GitLabApiException trouble) {
      throw new IOException(trouble);
    }
  }

  private static GitLabApi api() throws IOException {
    return new GitLabApi(URL, Files.readAllLines(Path.of(TOKEN)).get(0).strip());
  }

  @AfterEach
  void removeGroup() throws Exception {
    if (group != null) {
      try (var api = api()) {
        api.getGroupApi().deleteGroup(group.getId());
      }
    }
  }
}
