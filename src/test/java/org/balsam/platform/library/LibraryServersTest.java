package org.balsam.platform.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.platform.library.LibraryProperties.Source;
import org.balsam.testing.GitServer;
import org.balsam.testing.GitServer.Entry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Real Git over real HTTP, most of it from servers that mean no good. */
class LibraryServersTest {

  private static final Entry TEXT = Entry.file("# Imputation\n");

  @TempDir static Path folder;
  private static GitServer server;

  private final LibraryServers servers = new LibraryServers(properties(Map.of()));

  @BeforeAll
  static void serve() throws Exception {
    server = new GitServer(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static LibraryProperties properties(Map<String, Source> sources) {
    return properties(sources, DataSize.ofMegabytes(100), Duration.ofSeconds(60));
  }

  private static LibraryProperties properties(
      Map<String, Source> sources, DataSize largest, Duration limit) {
    return new LibraryProperties(
        sources,
        Set.of("127.0.0.1"),
        null,
        Duration.ofMinutes(15),
        Duration.ofSeconds(5),
        limit,
        largest);
  }

  private static Source source(URI url) {
    return source(url, null);
  }

  private static Source source(URI url, @Nullable Path token) {
    return new Source("Methods", "", "", url, null, null, "en", "reader", token, Set.of(), null);
  }

  private Snapshot fetch(String repository) {
    return servers.fetch(source(server.url(repository)), null).orElseThrow();
  }

  @Test
  void theThreeFoldersAreReadAtTheServersCommit() throws IOException {
    var commit =
        server.commit(
            "plain",
            Map.of(
                "Articles/imputation.md", TEXT,
                "resources/deep/er/data.bin", Entry.file(new byte[] {0, 1, 2}),
                "Templates/survey/balsam.yaml", Entry.file("a: b\n"),
                "README.md", TEXT,
                "Other/file.md", TEXT));
    var snapshot = fetch("plain");
    assertThat(snapshot.commit()).isEqualTo(commit);
    assertThat(snapshot.files().stream().map(Snapshot.File::path))
        .containsExactlyInAnyOrder(
            "Articles/imputation.md", "resources/deep/er/data.bin", "Templates/survey/balsam.yaml");
    assertThat(snapshot.files().get(0).content()).isEqualTo(TEXT.content());
    assertThat(snapshot.leftOutCount()).isZero();
  }

  @Test
  void aCommitThatIsKnownIsNotFetchedAgain() throws IOException {
    var first = server.commit("moves", Map.of("Articles/a.md", TEXT));
    var source = source(server.url("moves"));
    assertThat(servers.fetch(source, first)).isEmpty();
    var second = server.commit("moves", Map.of("Articles/b.md", TEXT));
    var snapshot = servers.fetch(source, first).orElseThrow();
    assertThat(snapshot.commit()).isEqualTo(second);
    assertThat(snapshot.files()).hasSize(1);
  }

  @Test
  void aConnectionThatTheServerClosedMeanwhileDoesNotMatter() throws Exception {
    server.commit("idle", Map.of("Articles/a.md", TEXT));
    for (var time = 0; time < 3; time++) {
      fetch("idle");
      Thread.sleep(2_000);
    }
  }

  @Test
  void aPrivateLibraryNeedsItsTokenAndNeverShowsIt() throws IOException {
    server.commit("private-methods", Map.of("Articles/a.md", TEXT));
    var url = server.url("private-methods");
    var token = Files.writeString(folder.resolve("token"), GitServer.TOKEN + "\n");
    var wrong = Files.writeString(folder.resolve("wrong"), "wrong-secret\n");
    assertThat(servers.fetch(source(url, token), null)).isPresent();
    assertThat(failure(source(url, wrong)))
        .contains("not authorized")
        .doesNotContain("wrong-secret");
    assertThat(failure(source(url))).contains("library: the repository cannot be fetched");
    assertThat(failure(source(url, folder.resolve("none"))))
        .contains("token-file names cannot be read")
        .doesNotContain(folder.toString());
  }

  @Test
  void whatLeadsElsewhereOrIsNotSafeIsLeftOutAndSaid() throws IOException {
    server.commit(
        "links",
        Map.of(
            "Articles/good.md",
            TEXT,
            "Articles/link.md",
            new Entry(FileMode.SYMLINK, "/etc/passwd".getBytes()),
            "Articles/aux.md",
            TEXT,
            "Articles/a\\b.md",
            TEXT,
            "Articles/rtl\u202egpj.md",
            TEXT,
            "Articles/" + "x".repeat(600),
            TEXT,
            "Resources/module",
            new Entry(FileMode.GITLINK, new byte[0])));
    var snapshot = fetch("links");
    assertThat(snapshot.files().stream().map(Snapshot.File::path))
        .containsExactly("Articles/good.md");
    assertThat(snapshot.leftOutCount()).isEqualTo(6);
    assertThat(snapshot.leftOut())
        .contains("Articles/link.md: it is a symbolic link", "Resources/module: it is a submodule")
        .noneMatch(said -> said.contains("\u202e"));
  }

  @Test
  void aTreeThatLeadsOutOfTheRepositoryIsRefused() throws IOException {
    for (var name : new String[] {"..", ".git", "a/b"}) {
      var repository = "tree" + name.hashCode();
      try (var git = server.openOrMake(repository);
          var inserter = git.newObjectInserter()) {
        var blob = inserter.insert(Constants.OBJ_BLOB, TEXT.content());
        var below = new TreeFormatter();
        below.append(name.getBytes(), FileMode.REGULAR_FILE, blob);
        server.commitTree(git, inserter, top(inserter.insert(below), inserter));
      }
      assertThat(failure(source(server.url(repository))))
          .contains("the repository has objects that Git does not allow");
    }
  }

  @Test
  void aTreeOfTreesThatUnfoldsWithoutEndIsRefusedQuickly() throws IOException {
    try (var git = server.openOrMake("unfolds");
        var inserter = git.newObjectInserter()) {
      ObjectId below = inserter.insert(Constants.OBJ_BLOB, TEXT.content());
      for (var level = 0; level < 12; level++) {
        var tree = new TreeFormatter();
        for (var entry = 0; entry < 10; entry++) {
          tree.append("d" + entry, level == 0 ? FileMode.REGULAR_FILE : FileMode.TREE, below);
        }
        below = inserter.insert(tree);
      }
      server.commitTree(git, inserter, top(below, inserter));
    }
    assertThat(rejection(servers, source(server.url("unfolds")))).contains("more than 5000 files");
  }

  private static ObjectId top(ObjectId articles, org.eclipse.jgit.lib.ObjectInserter inserter)
      throws IOException {
    var tree = new TreeFormatter();
    tree.append("Articles", FileMode.TREE, articles);
    return inserter.insert(tree);
  }

  @Test
  void aLargeFileIsLeftOutAndAHugeOneRefused() throws IOException {
    server.commit(
        "large", Map.of("Articles/a.md", TEXT, "Resources/large", Entry.file(new byte[9 << 20])));
    assertThat(fetch("large").leftOut())
        .containsExactly("Resources/large: it is larger than 8 MiB");
    server.commit("huge", Map.of("Resources/huge", Entry.file(new byte[33 << 20])));
    assertThat(rejection(servers, source(server.url("huge")))).contains("more than 32 MiB");
  }

  @Test
  void tooManyFilesAndTooManyBytesAreRefused() throws IOException {
    var many = new HashMap<String, Entry>();
    IntStream.range(0, 5_001).forEach(i -> many.put("Articles/" + i, Entry.file("" + i)));
    server.commit("many", many);
    assertThat(rejection(servers, source(server.url("many")))).contains("more than 5000 files");
    var heavy = new HashMap<String, Entry>();
    for (var i = 0; i < 9; i++) {
      var content = new byte[8 << 20];
      content[0] = (byte) i;
      heavy.put("Resources/" + i, Entry.file(content));
    }
    server.commit("heavy", heavy);
    assertThat(rejection(servers, source(server.url("heavy")))).contains("more than 64 MiB");
  }

  @Test
  void theServerSendsNoMoreThanIsAllowed() throws IOException {
    var noise = new byte[3 << 20];
    new Random(7).nextBytes(noise);
    server.commit("noise", Map.of("Resources/noise", Entry.file(noise)));
    var strict =
        new LibraryServers(properties(Map.of(), DataSize.ofMegabytes(1), Duration.ofSeconds(60)));
    assertThat(rejection(strict, source(server.url("noise"))))
        .contains("balsam.libraries.largest-transfer");
  }

  @Test
  void aSlowServerIsGivenUp() {
    var hasty =
        new LibraryServers(properties(Map.of(), DataSize.ofMegabytes(1), Duration.ofSeconds(1)));
    var before = System.nanoTime();
    assertThatThrownBy(() -> hasty.fetch(source(server.url("slow/one")), null))
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("balsam.libraries.time-limit");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void redirectionsAreNotFollowed() throws IOException {
    server.commit("target", Map.of("Articles/a.md", TEXT));
    assertThat(failure(source(server.url("moved/target")))).contains("cannot be fetched");
  }

  @Test
  void addressesInsideAreReachedByAllowedHostsOnly() {
    var inside = server.url("plain").toString().replace("http://127.0.0.1", "https://localhost");
    var trouble =
        catchThrowableOfType(
            ExternalFailure.class, () -> servers.fetch(source(URI.create(inside)), null));
    assertThat(trouble).hasMessageContaining("balsam.libraries.allowed-hosts");
    assertThat(trouble.retryable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc",
        "ext::sh -c true",
        "ssh://git@example.org/a.git",
        "git://example.org/a.git",
        "http://example.org/a.git",
        "https://user:secret@example.org/a.git",
        "https://example.org/a.git?x=1",
        "https://example.org/a.git#x",
        "/etc/passwd",
        "https:///a"
      })
  void otherAddressesStopTheStart(String address) {
    assertThatThrownBy(
            () -> properties(Map.of("bad", source(URI.create(address.replace(' ', '+'))))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("balsam.libraries.sources.bad.url")
        .hasMessageNotContaining("secret");
  }

  private String failure(Source source) {
    return catchThrowableOfType(ExternalFailure.class, () -> servers.fetch(source, null))
        .getMessage();
  }

  private static String rejection(LibraryServers servers, Source source) {
    var no = catchThrowableOfType(Rejection.class, () -> servers.fetch(source, null));
    assertThat(no.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    return no.getMessage();
  }
}
