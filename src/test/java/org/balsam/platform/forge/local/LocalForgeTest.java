package org.balsam.platform.forge.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.CodeCheckout;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.ForgeContract;
import org.balsam.platform.forge.git.IsolatedGit;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.Test;

class LocalForgeTest extends ForgeContract {

  private static final CodeCheckout CODE = CodeCheckout.of(Map.of());
  private static final Instant NOW = Instant.parse("2026-10-01T08:00:00Z");

  @Override
  protected Forge client() {
    return new LocalForge(temporary.resolve("git"), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Path folder() {
    return temporary.resolve("git/emp-industry.git");
  }

  @Test
  void aPersonIsTheAuthorAndBalsamTheCommitter() throws IOException {
    try (var git = IsolatedGit.open(folder().toFile());
        var walk = new RevWalk(git)) {
      var commit = walk.parseCommit(ObjectId.fromString(first));
      assertThat(commit.getAuthorIdent().getName()).isEqualTo("Ola Owner");
      assertThat(commit.getAuthorIdent().getEmailAddress()).isEqualTo("ola@nsi.invalid");
      assertThat(commit.getCommitterIdent().getName()).isEqualTo("Balsam");
      assertThat(commit.getCommitterIdent().getWhenAsInstant()).isEqualTo(NOW);
    }
  }

  @Test
  void whatAKilledProcessLeftDoesNotStandInTheWay() throws IOException {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var lock = Files.writeString(folder().resolve("refs/heads/work/a.lock"), "");
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(forge.commit(PROJECT, "work/a", change("b", "1"))).isNotEqualTo(first);

    var second = new ProjectId("second");
    var half = temporary.resolve("git/.new/second.git");
    Files.createDirectories(half.resolve("refs"));
    Files.writeString(half.resolve("HEAD"), "half");
    assertThatThrownBy(() -> forge.refs(second)).isInstanceOf(NotFound.class);
    forge.ensureRepository(second, files("a", "1"), OLA);
    assertThat(half).doesNotExist();
    Files.createDirectories(temporary.resolve("git/.removed/second.git/refs"));
    forge.removeRepository(second);
    assertThat(temporary.resolve("git/.removed/second.git")).doesNotExist();
  }

  @Test
  void severalProcessesShareTheFolder() throws Exception {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var children = List.of(child("x"), child("y"));
    for (var i = 0; i < 20; i++) {
      forge.commit(PROJECT, "work/a", change("own" + i, "1"));
    }
    for (var child : children) {
      assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).isZero();
    }
    assertThat(forge.list(PROJECT, "work/a")).hasSize(62);
  }

  private Process child(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            temporary.resolve("git").toString(),
            name)
        .inheritIO()
        .start();
  }

  /** Another process that uses the same folder. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      var forge = new LocalForge(Path.of(arguments[0]), Clock.systemUTC());
      for (var i = 0; i < 20; i++) {
        forge.commit(PROJECT, "work/a", change(arguments[1] + i, "1"));
      }
    }
  }

  @Test
  void gitItselfCanCloneButNeitherRewriteNorDelete() throws Exception {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var uri = forge.cloneUri(PROJECT);
    var clone = temporary.resolve("clone");
    try (var git =
        Git.cloneRepository().setURI(uri.toString()).setDirectory(clone.toFile()).call()) {
      assertThat(git.getRepository().getFullBranch()).isEqualTo("refs/heads/main");
      assertThat(clone.resolve("steps/a.sql")).hasContent("select 1");
    }
    try (var git = IsolatedGit.open(folder().toFile())) {
      assertThat(git.getConfig().getBoolean("receive", "denyNonFastForwards", false)).isTrue();
      assertThat(git.getConfig().getBoolean("receive", "denyDeletes", false)).isTrue();
    }
  }

  @Test
  void hooksAreNotRun() throws IOException {
    var witness = temporary.resolve("ran");
    for (var hook : List.of("update", "pre-receive", "post-receive", "reference-transaction")) {
      var file = Files.createDirectories(folder().resolve("hooks")).resolve(hook);
      Files.writeString(file, "#!/bin/sh\ntouch '" + witness + "'\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    forge.ensureBranch(PROJECT, "work/a", "main");
    forge.commit(PROJECT, "work/a", change("b", "1"));
    assertThat(witness).doesNotExist();
  }

  @Test
  void aCommitIsCheckedOutAsItIs() throws IOException {
    var script = store(blob("#!/bin/sh\n"), FileMode.EXECUTABLE_FILE, "run.sh");
    var target = temporary.resolve("code");
    CODE.fetch(forge.cloneUri(PROJECT), script, target);
    assertThat(target.resolve("run.sh")).hasContent("#!/bin/sh\n").isExecutable();
    var plain = temporary.resolve("plain");
    CODE.fetch(forge.cloneUri(PROJECT), first, plain);
    assertThat(plain.resolve("steps/a.sql")).hasContent("select 1");
    assertThat(plain.resolve("steps/a.sql").toFile().canExecute()).isFalse();
    assertThat(plain.resolve(".git")).doesNotExist();
    assertThatThrownBy(() -> CODE.fetch(forge.cloneUri(PROJECT), first, plain))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("not empty");
  }

  @Test
  void hostileTreesAreNotCheckedOut() throws IOException {
    var evil = temporary.resolve("evil");
    for (var mode : List.of(FileMode.SYMLINK, FileMode.GITLINK)) {
      var commit = store(blob("/etc/passwd"), mode, "link");
      assertThatThrownBy(() -> CODE.fetch(forge.cloneUri(PROJECT), commit, evil))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("link");
      assertThat(forge.read(PROJECT, commit, "link")).isEmpty();
      assertThat(forge.list(PROJECT, commit)).doesNotContain("link");
    }
    for (var name : List.of("..", ".git", "../../x", "/x", "a\\b", ".GIT", "x\n")) {
      var commit = store(blob("x"), FileMode.REGULAR_FILE, name);
      assertThatThrownBy(() -> CODE.fetch(forge.cloneUri(PROJECT), commit, evil))
          .as(name)
          .isInstanceOf(Invalid.class);
    }
    assertThat(evil).isEmptyDirectory();
  }

  @Test
  void whatIsNotThereIsNotCheckedOut() {
    var target = temporary.resolve("code");
    var uri = forge.cloneUri(PROJECT);
    assertThatThrownBy(() -> CODE.fetch(uri, "0".repeat(40), target)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> CODE.fetch(uri, "main", target)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> CODE.fetch(temporary.resolve("none.git").toUri(), first, target))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> CODE.fetch(URI.create("https://git.example/x.git"), first, target))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("allowed: file,");
  }

  @Test
  void changedCodeIsNoticed() throws IOException {
    ObjectId blob;
    ObjectId other;
    try (var git = IsolatedGit.open(folder().toFile());
        var inserter = git.newObjectInserter()) {
      blob = inserter.idFor(Constants.OBJ_BLOB, "select 1".getBytes(UTF_8));
      other = inserter.insert(Constants.OBJ_BLOB, "select 2".getBytes(UTF_8));
      inserter.flush();
    }
    var file = objectFile(blob);
    assertThat(file.toFile().setWritable(true)).isTrue();
    Files.write(file, Files.readAllBytes(objectFile(other)));
    assertRejected(
        ErrorCode.DATA_CHANGED,
        () -> CODE.fetch(forge.cloneUri(PROJECT), first, temporary.resolve("code")));
    Files.delete(file);
    assertThatThrownBy(() -> CODE.fetch(forge.cloneUri(PROJECT), first, temporary.resolve("code2")))
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aFolderThatCannotBeUsedIsAnExternalFailure() throws IOException {
    var file = Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> new LocalForge(file.resolve("git"), Clock.systemUTC()))
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("forge");
  }

  private Path objectFile(ObjectId id) {
    var name = id.name();
    return folder().resolve("objects/" + name.substring(0, 2) + "/" + name.substring(2));
  }

  private ObjectId blob(String text) throws IOException {
    return inserting(inserter -> inserter.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8)));
  }

  /** A commit with one entry, as somebody could push it. */
  private String store(ObjectId id, FileMode mode, String name) throws IOException {
    return inserting(
            inserter -> {
              var tree = new TreeFormatter();
              tree.append(name.getBytes(UTF_8), 0, name.length(), mode, id, true);
              var commit = new CommitBuilder();
              commit.setTreeId(inserter.insert(tree));
              commit.setAuthor(new PersonIdent("Eve", "eve@nsi.invalid"));
              commit.setCommitter(new PersonIdent("Eve", "eve@nsi.invalid"));
              commit.setMessage("Pushed");
              return inserter.insert(commit);
            })
        .name();
  }

  private interface Inserting {
    ObjectId run(ObjectInserter inserter) throws IOException;
  }

  private ObjectId inserting(Inserting work) throws IOException {
    try (Repository git = IsolatedGit.open(folder().toFile());
        var inserter = git.newObjectInserter()) {
      var id = work.run(inserter);
      inserter.flush();
      return id;
    }
  }
}
