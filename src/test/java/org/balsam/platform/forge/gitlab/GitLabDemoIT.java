package org.balsam.platform.forge.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.balsam.Balsam;
import org.balsam.testing.ChildServer;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story of rounds with the code on a server that behaves as GitLab does. */
class GitLabDemoIT {

  @Test
  void theRoundsOfTheDemoAreMadeFromCodeOnGitLab(@TempDir Path temporary) throws Exception {
    try (var stub = new GitLabStub(temporary.resolve("server"))) {
      var log = temporary.resolve("log");
      var process = demo(temporary.resolve("home"), stub, log);
      try {
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.exitValue()).as(() -> read(log)).isZero();
      assertThat(stub.violations()).isEmpty();
      assertThat(tags(stub)).contains("refs/tags/mth/v1.0.0").anyMatch(t -> t.contains("/rel/"));
      assertThat(stub.revokedTokens()).isPositive();
      assertThat(stub.openTokens()).isZero();
      assertThat(filesWith(temporary.resolve("home"), "glpat-")).isEmpty();
      assertThat(read(log)).doesNotContain("glpat-");
    }
  }

  private static Process demo(Path home, GitLabStub stub, Path log) throws IOException {
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ChildServer.classPath(),
                Balsam.class.getName(),
                "demo",
                "--home",
                home.toString(),
                "--quarters",
                "1"));
    builder
        .environment()
        .putAll(
            Map.of(
                "BALSAM_FORGE_TYPE",
                "gitlab",
                "BALSAM_FORGE_GITLAB_URL",
                stub.url().toString(),
                "BALSAM_FORGE_GITLAB_GROUP",
                GitLabStub.ROOT,
                "BALSAM_FORGE_GITLAB_TOKEN",
                GitLabStub.TOKEN));
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static List<String> tags(GitLabStub stub) throws IOException {
    var project = stub.project(GitLabStub.ROOT + "/emp-industry/emp-industry").orElseThrow();
    try (var git =
        new FileRepositoryBuilder().setGitDir(stub.repository(project).toFile()).build()) {
      return git.getRefDatabase().getRefsByPrefix("refs/tags/").stream()
          .map(ref -> ref.getName())
          .toList();
    }
  }

  /** Nothing that outlives a job holds a token: files, tables, the trail. */
  private static List<Path> filesWith(Path folder, String secret) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/postgresql/bin/"))
          .filter(file -> read(file).contains(secret))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
