package org.balsam.platform.forge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge.Author;
import org.balsam.platform.forge.Forge.Change;
import org.balsam.platform.forge.git.RepositoryContent;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Forge} does. */
public abstract class ForgeContract {

  protected static final ProjectId PROJECT = new ProjectId("emp-industry");
  protected static final ProjectId NONE = new ProjectId("nobody");
  protected static final Author OLA = new Author("Ola Owner", "ola@nsi.invalid");

  @TempDir protected Path temporary;

  protected Forge forge;
  protected String first;

  /** Another client of the same, at first empty forge. */
  protected abstract Forge client() throws IOException;

  /** Whether a repository can be read only by who shows something. */
  protected boolean needsCredentials() {
    return false;
  }

  @BeforeEach
  void openForge() throws IOException {
    forge = client();
    first =
        forge.ensureRepository(
            PROJECT, files("balsam.yaml", "name: x", "steps/a.sql", "select 1"), OLA);
  }

  protected static Map<String, byte[]> files(String... pathsAndTexts) {
    var files = new HashMap<String, byte[]>();
    for (var i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(UTF_8));
    }
    return files;
  }

  protected static Change change(String... pathsAndTexts) {
    return new Change(files(pathsAndTexts), "Change", OLA, false);
  }

  protected static void assertRejected(ErrorCode code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aRepositoryIsMadeOnce() {
    assertThat(forge.ensureRepository(PROJECT, files("other", "x"), OLA)).isEqualTo(first);
    assertThat(forge.resolve(PROJECT, "main")).contains(first);
    assertThat(forge.list(PROJECT, first)).containsExactly("balsam.yaml", "steps/a.sql");
    assertThat(forge.read(PROJECT, first, "steps/a.sql")).contains("select 1".getBytes(UTF_8));
    assertThat(forge.read(PROJECT, first, "steps/b.sql")).isEmpty();
    assertThat(forge.read(PROJECT, first, "steps")).isEmpty();
    assertThat(forge.refs(PROJECT)).isEqualTo(Map.of("refs/heads/main", first));
  }

  @Test
  void aRemovedRepositoryIsGone() {
    forge.removeRepository(PROJECT);
    forge.removeRepository(PROJECT);
    assertThatThrownBy(() -> forge.resolve(PROJECT, "main")).isInstanceOf(NotFound.class);
    forge.ensureRepository(PROJECT, files("new", "x"), OLA);
    assertThat(forge.list(PROJECT, "main")).containsExactly("new");
  }

  @Test
  void aBundleHoldsAllBranchesAndTags() throws Exception {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var tip = forge.commit(PROJECT, "work/a", change("docs/å.md", "x"));
    forge.ensureTag(PROJECT, "mth/v1.0.0", first, "First", OLA);
    var file = temporary.resolve("repository.bundle");
    forge.bundle(PROJECT, file);
    forge.removeRepository(PROJECT);
    assertThatThrownBy(() -> forge.bundle(PROJECT, file)).isInstanceOf(NotFound.class);
    try (var clone =
        Git.cloneRepository()
            .setURI(file.toUri().toString())
            .setMirror(true)
            .setDirectory(temporary.resolve("clone").toFile())
            .call()) {
      var content = new RepositoryContent(PROJECT, clone.getRepository());
      assertThat(content.refs())
          .isEqualTo(
              Map.of(
                  "refs/heads/main",
                  first,
                  "refs/heads/work/a",
                  tip,
                  "refs/tags/mth/v1.0.0",
                  first));
      assertThat(content.read(tip, "docs/å.md")).contains("x".getBytes(UTF_8));
    }
  }

  @Test
  void allGrantsOfAProjectEndAtOnce() {
    var isGranted = !forge.grantReading(PROJECT, "job-a", Duration.ofHours(1)).isEmpty();
    forge.grantReading(PROJECT, "job-b", Duration.ofHours(1));
    assertThat(forge.endReading(PROJECT)).isEqualTo(isGranted);
    assertThat(forge.endReading(PROJECT)).isFalse();
    assertThat(forge.endReading(PROJECT, "job-b")).isFalse();
  }

  @Test
  void aProjectWithoutRepositoryIsNotFound() {
    assertThatThrownBy(() -> forge.resolve(NONE, "main")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> forge.ensureBranch(NONE, "work/a", "main"))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> forge.ensureTag(NONE, "rel/2026-q3-r0", "main", "m", OLA))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> forge.commit(NONE, "work/a", change("a", "1")))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> forge.read(NONE, first, "a")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> forge.list(NONE, first)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> forge.refs(NONE)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> forge.cloneUri(NONE)).isInstanceOf(NotFound.class);
    forge.removeRepository(NONE);
  }

  @Test
  void anExistingBranchStaysWhereItIs() {
    assertThat(forge.ensureBranch(PROJECT, "work/a", "main")).isEqualTo(first);
    var next = forge.commit(PROJECT, "work/a", change("b", "1"));
    assertThat(forge.ensureBranch(PROJECT, "work/a", "main")).isEqualTo(next);
    assertThat(forge.ensureBranch(PROJECT, "round/2026-q3-r0", next)).isEqualTo(next);
    assertThatThrownBy(() -> forge.ensureBranch(PROJECT, "work/b", "nope"))
        .isInstanceOf(NotFound.class);
    assertRejected(ErrorCode.ALREADY_EXISTS, () -> forge.ensureBranch(PROJECT, "work/a/b", "main"));
  }

  @Test
  void aCommitAddsAndReplacesFilesAndKeepsTheOthers() {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var tip = forge.commit(PROJECT, "work/a", change("balsam.yaml", "name: y", "docs/å.md", ""));
    assertThat(forge.list(PROJECT, tip)).containsExactly("balsam.yaml", "docs/å.md", "steps/a.sql");
    assertThat(forge.read(PROJECT, tip, "balsam.yaml")).contains("name: y".getBytes(UTF_8));
    assertThat(forge.read(PROJECT, tip, "docs/å.md")).contains(new byte[0]);
    assertThat(forge.read(PROJECT, first, "balsam.yaml")).contains("name: x".getBytes(UTF_8));
    assertThat(forge.resolve(PROJECT, "main")).contains(first);
  }

  @Test
  void theSameContentMakesNoSecondCommit() {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var tip = forge.commit(PROJECT, "work/a", change("b", "1"));
    assertThat(tip).isNotEqualTo(first);
    assertThat(forge.commit(PROJECT, "work/a", change("b", "1"))).isEqualTo(tip);
    assertThat(forge.commit(PROJECT, "work/a", change())).isEqualTo(tip);
  }

  @Test
  void protectedBranchesTakeOnlyAllowedChanges() {
    forge.ensureBranch(PROJECT, "round/2026-q3-r0", "main");
    for (var branch : List.of("main", "round/2026-q3-r0")) {
      assertRejected(
          ErrorCode.REF_PROTECTED, () -> forge.commit(PROJECT, branch, change("b", "1")));
      assertThat(forge.resolve(PROJECT, branch)).contains(first);
      var allowed = new Change(files("b", "1"), "Record the result", OLA, true);
      assertThat(forge.commit(PROJECT, branch, allowed)).isNotEqualTo(first);
    }
  }

  @Test
  void aBranchIsRemovedUnlessItIsProtected() {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var tip = forge.commit(PROJECT, "work/a", change("b", "1"));
    forge.ensureBranch(PROJECT, "work/b", tip);
    forge.removeBranch(PROJECT, "work/a");
    forge.removeBranch(PROJECT, "work/a");
    assertThat(forge.resolve(PROJECT, "work/a")).isEmpty();
    assertThat(forge.refs(PROJECT)).doesNotContainKey("refs/heads/work/a");
    assertThat(forge.resolve(PROJECT, "work/b")).contains(tip);
    assertThat(forge.ensureBranch(PROJECT, "work/a", "main")).isEqualTo(first);
    forge.ensureBranch(PROJECT, "round/2026-q3-r0", "main");
    for (var branch : List.of("main", "round/2026-q3-r0")) {
      assertRejected(ErrorCode.REF_PROTECTED, () -> forge.removeBranch(PROJECT, branch));
      assertThat(forge.resolve(PROJECT, branch)).contains(first);
    }
    assertThatThrownBy(() -> forge.removeBranch(NONE, "work/a")).isInstanceOf(NotFound.class);
  }

  @Test
  void aTagNeverMoves() {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var next = forge.commit(PROJECT, "work/a", change("b", "1"));
    forge.ensureTag(PROJECT, "rel/2026-q3-r0", first, "Released", OLA);
    forge.ensureTag(PROJECT, "rel/2026-q3-r0", first, "Released again", OLA);
    assertRejected(
        ErrorCode.ALREADY_EXISTS,
        () -> forge.ensureTag(PROJECT, "rel/2026-q3-r0", next, "Moved", OLA));
    assertThat(forge.resolve(PROJECT, "rel/2026-q3-r0")).contains(first);
    assertThat(forge.resolve(PROJECT, "refs/tags/rel/2026-q3-r0")).contains(first);
    assertThat(forge.refs(PROJECT))
        .containsEntry("refs/tags/rel/2026-q3-r0", first)
        .containsEntry("refs/heads/work/a", next);
    assertThat(List.copyOf(forge.refs(PROJECT).keySet())).isSorted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HEAD",
        "main~1",
        "main^{/x}",
        "@{-1}",
        ":balsam.yaml",
        "../main",
        "refs/heads/../x",
        "-x",
        "\u0000",
        "0000000000000000000000000000000000000000",
        "refs/heads/",
        "config"
      })
  void onlyBranchesTagsAndCommitsAreResolved(String ref) {
    assertThat(forge.resolve(PROJECT, ref)).isEmpty();
    assertThatThrownBy(() -> forge.list(PROJECT, ref)).isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../x",
        "a..b",
        "Main",
        "-x",
        "a b",
        "a~1",
        "a^",
        "a:b",
        "a.lock",
        "/a",
        "a/",
        "a//b",
        "å",
        "a\u0000",
        "a\\b",
        "0123456789012345678901234567890123456789"
      })
  void aBadBranchOrTagNameIsRefused(String name) {
    assertThatThrownBy(() -> forge.ensureBranch(PROJECT, name, "main")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> forge.commit(PROJECT, name, change("a", "1")))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> forge.ensureTag(PROJECT, name, first, "m", OLA))
        .isInstanceOf(Invalid.class);
    assertThat(forge.refs(PROJECT)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        ".git",
        ".git/hooks/update",
        "a/.GIT/b",
        "git~1",
        ".g\u200bit",
        ".git ",
        ".git.",
        "a\\b",
        "a\u0000b",
        "a\nb",
        "con",
        "a:b",
        "a\u202eb",
        "steps",
        "balsam.yaml/x"
      })
  void aBadPathIsRefused(String path) {
    forge.ensureBranch(PROJECT, "work/a", "main");
    assertThatThrownBy(() -> forge.commit(PROJECT, "work/a", change(path, "x")))
        .isInstanceOf(Invalid.class);
    assertThat(forge.resolve(PROJECT, "work/a")).contains(first);
  }

  @Test
  void aFileThatIsTooLargeIsRefused() {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var large = new Change(Map.of("a", new byte[16 * 1024 * 1024 + 1]), "Large", OLA, false);
    assertThatThrownBy(() -> forge.commit(PROJECT, "work/a", large)).isInstanceOf(Invalid.class);
    var largest = new Change(Map.of("a", new byte[16 * 1024 * 1024]), "Large", OLA, false);
    var tip = forge.commit(PROJECT, "work/a", largest);
    assertThat(forge.read(PROJECT, tip, "a").orElseThrow()).hasSize(16 * 1024 * 1024);
  }

  @Test
  void aCommitIsCheckedOutAndLinked() {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var files = temporary.resolve("files");
    forge.checkOut(PROJECT, first, files);
    assertThat(files.resolve("steps/a.sql")).hasContent("select 1");
    forge.link(PROJECT, "work/a", files);
    assertThat(files.resolve(".git/HEAD")).hasContent("ref: refs/heads/work/a");
    assertThat(files.resolve(".git/config"))
        .content()
        .contains("url = " + forge.cloneUri(PROJECT))
        .doesNotContain("@");
    assertThatThrownBy(() -> forge.checkOut(PROJECT, "0".repeat(40), temporary.resolve("nothing")))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void aGrantReadsTheRepositoryUntilItEnds() {
    var uri = forge.cloneUri(PROJECT);
    assertThat(uri.getUserInfo()).isNull();
    var variables = forge.grantReading(PROJECT, "emp-industry-job-1", Duration.ofHours(1));
    assertThat(variables.isEmpty()).isEqualTo(!needsCredentials());
    CodeCheckout.of(variables).fetch(uri, first, temporary.resolve("code"));
    assertThat(temporary.resolve("code/steps/a.sql")).hasContent("select 1");
    assertThat(forge.endReading(PROJECT, "emp-industry-job-1")).isEqualTo(needsCredentials());
    assertThat(forge.endReading(PROJECT, "emp-industry-job-1")).isFalse();
    if (needsCredentials()) {
      assertThatThrownBy(
              () -> CodeCheckout.of(variables).fetch(uri, first, temporary.resolve("late")))
          .isInstanceOf(ExternalFailure.class)
          .hasMessageContaining("access")
          .hasMessageNotContaining(variables.get(CodeCheckout.TOKEN));
    }
  }

  @Test
  void aHolderHasOneGrantAtATime() {
    var uri = forge.cloneUri(PROJECT);
    var before = forge.grantReading(PROJECT, "job", Duration.ofHours(1));
    var after = forge.grantReading(PROJECT, "job", Duration.ofHours(1));
    CodeCheckout.of(after).fetch(uri, first, temporary.resolve("code"));
    if (needsCredentials()) {
      assertThatThrownBy(() -> CodeCheckout.of(before).fetch(uri, first, temporary.resolve("x")))
          .isInstanceOf(ExternalFailure.class);
    }
  }

  @Test
  void aProposalIsMadeOnce() {
    forge.ensureBranch(PROJECT, "work/a", "main");
    forge.commit(PROJECT, "work/a", change("b", "1"));
    var proposal = new Forge.Proposal("work/a", "main", "Use b", "It is better.");
    var page = forge.propose(PROJECT, proposal);
    assertThat(forge.propose(PROJECT, proposal)).isEqualTo(page);
    assertThat(forge.resolve(PROJECT, "main")).contains(first);
  }

  @Test
  void manyClientsEachGetTheirCommit() throws Exception {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var other = client();
    inThreads(
        16, i -> (i % 2 == 0 ? forge : other).commit(PROJECT, "work/a", change("f" + i, "x")));
    assertThat(forge.list(PROJECT, "work/a")).hasSize(18);
  }

  @Test
  void manyClientsThatMakeTheSameRepositoryMakeOne() throws Exception {
    var other = client();
    var tips =
        inThreads(
            16,
            i ->
                (i % 2 == 0 ? forge : other)
                    .ensureRepository(new ProjectId("second"), files("f" + i, "x"), OLA));
    assertThat(tips).containsOnly(tips.get(0));
  }

  /** Work of one of several threads. */
  protected interface Numbered<T> {
    T run(int number) throws Exception;
  }

  protected static <T> List<T> inThreads(int threads, Numbered<T> work) throws Exception {
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var calls =
          IntStream.range(0, threads).mapToObj(i -> (Callable<T>) () -> work.run(i)).toList();
      var results = new ArrayList<T>();
      for (var result : pool.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
