package org.balsam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.balsam.testing.Papermill;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.dircache.DirCacheEditor.PathEdit;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** People's own Git against the repositories that Balsam keeps itself. */
@ExtendWith(OutputCaptureExtension.class)
class GitOverHttpTest extends ApiTestBase {

  private static final ProjectId PROJECT = new ProjectId(P);
  private static final String REPOSITORY = "/git/" + P + ".git";
  private static final String RESULTS =
      Papermill.notebook("1 + 1")
          .replace(
              "\"outputs\":[]",
              "\"outputs\":[{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"Ola earns 500000\"}]");

  @Autowired Forge forge;
  @TempDir Path folder;
  private final String branch = "work/" + UUID.randomUUID();
  private Git git;

  @BeforeEach
  void begin() throws Exception {
    git = cloned("methodology");
    git.checkout().setCreateBranch(true).setName(branch).call();
  }

  @AfterEach
  void end() {
    git.close();
  }

  @Test
  void membersFetchWhoWritesCodePushesAndNobodyElseLearnsThatThereIsARepository() throws Exception {
    for (var role : Role.values()) {
      var refs =
          Git.lsRemoteRepository()
              .setRemote(uri())
              .setCredentialsProvider(account(role.value()))
              .call();
      assertThat(refs).as(role.value()).anyMatch(ref -> ref.getName().equals("refs/heads/main"));
    }
    var service = "/info/refs?service=git-receive-pack";
    for (var role : Role.values()) {
      var mayPush = List.of(Role.OWNER, Role.METHODOLOGY, Role.PRODUCTION).contains(role);
      var asked = api.get(role.value(), REPOSITORY + service);
      assertThat(asked.status()).as(role.value()).isEqualTo(mayPush ? 200 : 403);
      var sent =
          api.send(
              role.value(),
              "POST",
              REPOSITORY + "/git-receive-pack",
              BodyPublishers.ofString("0000"),
              "application/x-git-receive-pack-request");
      assertThat(sent.status()).as(role.value()).isEqualTo(mayPush ? 200 : 403);
    }
    for (var path : List.of(service, "/info/refs?service=git-upload-pack", "/HEAD", "/config")) {
      var stranger = api.send(null, "GET", REPOSITORY + path, null);
      assertThat(stranger.status()).as(path).isEqualTo(401);
      assertThat(stranger.header("WWW-Authenticate")).startsWith("Basic ");
      var outsider = api.get(OUTSIDER, REPOSITORY + path);
      assertThat(outsider.status()).as(path).isEqualTo(404);
      assertThat(outsider.text().replace(P, "emp-nowhere"))
          .isEqualTo(api.get(OUTSIDER, "/git/emp-nowhere.git" + path).text());
    }
    for (var path :
        List.of("/HEAD", "/config", "/objects/info/packs", "/../" + OTHER + ".git/HEAD")) {
      assertThat(api.get("owner", REPOSITORY + path).status()).as(path).isGreaterThanOrEqualTo(400);
    }
    assertThatThrownBy(
            () ->
                git.push()
                    .setCredentialsProvider(account("quality"))
                    .setRefSpecs(new RefSpec("HEAD:refs/heads/" + branch))
                    .call())
        .isInstanceOf(TransportException.class);
    assertThat(forge.resolve(PROJECT, branch)).isEmpty();
  }

  @Test
  void whatAPersonPushesIsThereAndInTheTrailWithTheirName() throws Exception {
    var commit = commit(Map.of("steps/new.py", "print(1)\n".getBytes(UTF_8)));

    assertThat(status(push("HEAD:refs/heads/" + branch))).isEqualTo(Status.OK);
    assertThat(status(push("HEAD:refs/tags/mth/v9." + commit.getCommitTime() + ".0")))
        .isEqualTo(Status.OK);

    assertThat(forge.resolve(PROJECT, branch)).contains(commit.name());
    var event = newest("DONE");
    assertThat(event).contains("methodology", commit.name());
  }

  @Test
  void namesThatAreBalsamsAndMovedTagsAreRefused() throws Exception {
    var first = commit(Map.of("a.py", "1".getBytes(UTF_8)));
    var tag = "refs/tags/mth/v8." + first.getCommitTime() + ".0";
    assertThat(status(push("HEAD:" + tag))).isEqualTo(Status.OK);
    assertThat(status(push("HEAD:refs/heads/" + branch))).isEqualTo(Status.OK);
    commit(Map.of("a.py", "2".getBytes(UTF_8)));

    for (var name : List.of("refs/heads/round/2008-q4-r0", "refs/tags/v1.0.0", "refs/notes/x")) {
      var refused = push("HEAD:" + name);
      assertThat(status(refused)).as(name).isEqualTo(Status.REJECTED_OTHER_REASON);
      assertThat(refused.getRemoteUpdate(name).getMessage())
          .contains("people push branches other than round/* and tags mth/*");
    }
    assertThat(push("+HEAD:" + tag).getRemoteUpdate(tag).getMessage()).contains("never moved");
    var forced = push("+" + first.getParent(0).name() + ":refs/heads/" + branch);
    assertThat(status(forced)).isEqualTo(Status.REJECTED_OTHER_REASON);
    assertThat(forced.getRemoteUpdate("refs/heads/" + branch).getMessage())
        .contains("non-fast forward");
    assertThat(status(push(":refs/heads/" + branch))).isNotEqualTo(Status.OK);
    assertThat(forge.resolve(PROJECT, branch)).contains(first.name());
  }

  @Test
  void resultsSecretsAndLargeDataAreRefusedByFileAndLineAlsoWhereALaterCommitTakesThemOut()
      throws Exception {
    var secret = "DB_PASSWORD=" + "q7Rz0vKp3L" + "xW9sTd";
    var bad =
        commit(
            Map.of(
                "study/a.ipynb",
                RESULTS.getBytes(UTF_8),
                "steps/load.py",
                ("x = 1\n" + secret + "\n").getBytes(UTF_8),
                "data/large.csv",
                "1,2\n".repeat(300_000).getBytes(UTF_8),
                "fine.py",
                "print(1)\n".getBytes(UTF_8)));
    commit(
        Map.of(
            "study/a.ipynb",
            Papermill.notebook("1 + 1").getBytes(UTF_8),
            "steps/load.py",
            "x = 1\n".getBytes(UTF_8),
            "data/large.csv",
            "1,2\n".getBytes(UTF_8)));

    var refused = push("HEAD:refs/heads/" + branch);

    assertThat(status(refused)).isEqualTo(Status.REJECTED_OTHER_REASON);
    var at = " of commit " + bad.name().substring(0, 10);
    assertThat(refused.getMessages())
        .contains(
            "study/a.ipynb" + at + " holds results of running it",
            "nbstripout 'study/a.ipynb'",
            "steps/load.py:2" + at + " looks like the value of a password, key or token",
            "data/large.csv" + at + " has 1200000 bytes of data; allowed in a repository: 1048576",
            "object storage, PUT /api/v1/projects/",
            "git commit --amend")
        .doesNotContain("fine.py", "q7Rz0vKp3L", "500000");
    assertThat(forge.resolve(PROJECT, branch)).isEmpty();
    assertThat(newest("REFUSED"))
        .contains("steps/load.py:2", "data/large.csv", "methodology")
        .doesNotContain("q7Rz0vKp3L");
  }

  @Test
  void linksAndSubmodulesAreRefusedByFileAlsoWhereALaterCommitTakesThemOut() throws Exception {
    var file = commit(Map.of("steps/a.py", "b.py".getBytes(UTF_8)));
    Files.delete(folder.resolve("clone/steps/a.py"));
    Files.createSymbolicLink(folder.resolve("clone/steps/a.py"), Path.of("b.py"));
    var linked = commit(Map.of());
    var index = git.getRepository().lockDirCache();
    var editor = index.editor();
    editor.add(
        new PathEdit("vendor/lib") {
          @Override
          public void apply(DirCacheEntry entry) {
            entry.setFileMode(FileMode.GITLINK);
            entry.setObjectId(file);
          }
        });
    assertThat(editor.commit()).isTrue();
    var submodule = committed("With a submodule");
    git.rm().setCached(true).addFilepattern("vendor/lib").addFilepattern("steps/a.py").call();
    committed("Without");

    var refused = push("HEAD:refs/heads/" + branch);

    assertThat(status(refused)).isEqualTo(Status.REJECTED_OTHER_REASON);
    assertThat(refused.getMessages())
        .contains(
            "steps/a.py of commit " + short10(linked) + " is a symbolic link, which no round",
            "put the file that it leads to in its place",
            "vendor/lib of commit " + short10(submodule) + " is a submodule",
            "git rm --cached 'vendor/lib'");
    assertThat(forge.resolve(PROJECT, branch)).isEmpty();
    assertThat(status(push(file.name() + ":refs/heads/" + branch))).isEqualTo(Status.OK);
  }

  @Test
  void secretsInMessagesOfCommitsAndTagsAreRefusedAndNotShown() throws Exception {
    var secret = "DB_PASSWORD=" + "q7Rz0vKp3L" + "xW9sTd";
    var start = commit(Map.of("m.py", "1".getBytes(UTF_8)));
    var version = "mth/v7." + start.getCommitTime() + ".0";
    git.tag().setName(version).setMessage("New\n\nwith " + secret).setSigned(false).call();

    var tag = push("refs/tags/" + version);

    assertThat(status(tag)).isEqualTo(Status.REJECTED_OTHER_REASON);
    assertThat(tag.getMessages())
        .contains("message of the tag " + version + ":3 looks like the value of", "git tag -d")
        .doesNotContain("q7Rz0vKp3L");
    assertThat(forge.resolve(PROJECT, version)).isEmpty();

    Files.writeString(folder.resolve("clone/m.py"), "2");
    git.add().addFilepattern("m.py").call();
    var told = committed("Try\n\n" + secret);
    var refused = push("HEAD:refs/heads/" + branch);
    assertThat(status(refused)).isEqualTo(Status.REJECTED_OTHER_REASON);
    assertThat(refused.getMessages())
        .contains("message:3 of commit " + short10(told) + " looks like the value of")
        .doesNotContain("q7Rz0vKp3L");
    assertThat(forge.resolve(PROJECT, branch)).isEmpty();
  }

  @Test
  void aNameThatIsTheFolderOfAnotherIsRefusedInWords() throws Exception {
    commit(Map.of("n.py", "1".getBytes(UTF_8)));
    assertThat(status(push("HEAD:refs/heads/" + branch))).isEqualTo(Status.OK);

    for (var name : List.of(branch + "/x", "work")) {
      var refused = push("HEAD:refs/heads/" + name);
      assertThat(status(refused)).as(name).isEqualTo(Status.REJECTED_OTHER_REASON);
      assertThat(refused.getRemoteUpdate("refs/heads/" + name).getMessage())
          .contains("refs/heads/work/", " stands in the way: in Git no name can be the folder of")
          .endsWith(name.equals("work") ? "for example work-2" : branch + "-x");
    }
    var free = branch + "-2";
    var both =
        git.push()
            .setCredentialsProvider(account("methodology"))
            .setRefSpecs(
                new RefSpec("HEAD:refs/heads/" + free),
                new RefSpec("HEAD:refs/heads/" + free + "/y"))
            .call()
            .iterator()
            .next();
    assertThat(both.getRemoteUpdates())
        .allSatisfy(
            update -> assertThat(update.getMessage()).contains("refs/heads/" + free, "in the way"));
    assertThat(status(push("HEAD:refs/heads/" + free))).isEqualTo(Status.OK);
  }

  @Test
  void namesBelowWhichBalsamMakesBranchesAreRefused() throws Exception {
    commit(Map.of("n.py", "1".getBytes(UTF_8)));

    for (var name : List.of("round", "lab", "lab/umia")) {
      var refused = push("HEAD:refs/heads/" + name);
      assertThat(status(refused)).as(name).isEqualTo(Status.REJECTED_OTHER_REASON);
      assertThat(refused.getRemoteUpdate("refs/heads/" + name).getMessage())
          .contains("in Git no name can be the folder of another one; push to another")
          .endsWith("for example " + name.replace('/', '-') + "-2");
    }
    assertThat(status(push("HEAD:refs/heads/work"))).isEqualTo(Status.REJECTED_OTHER_REASON);
    assertThat(status(push("HEAD:refs/heads/" + branch.replace("work/", "lab/umia/"))))
        .isEqualTo(Status.OK);
  }

  @Test
  void namesThatDifferByCapitalsOnlyAreRefused() throws Exception {
    var first = commit(Map.of("README2", "1".getBytes(UTF_8), "a/b", "1".getBytes(UTF_8)));
    commit(Map.of("readme2", "2".getBytes(UTF_8), "A", "2".getBytes(UTF_8)));

    var refused = push("HEAD:refs/heads/" + branch);

    assertThat(status(refused)).isEqualTo(Status.REJECTED_OTHER_REASON);
    assertThat(refused.getMessages())
        .contains("readme2 of commit ", "cannot be beside README2 on Windows and macOS")
        .contains("a/b of commit ", "cannot be beside A ");
    assertThat(status(push(first.name() + ":refs/heads/" + branch))).isEqualTo(Status.OK);
  }

  @Test
  void whatGitItselfRefusesIsOneLineOfTheLog(CapturedOutput output) throws Exception {
    commit(
        Map.of(
            ".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = -u./payload\n".getBytes(UTF_8)));

    assertThatThrownBy(() -> push("HEAD:refs/heads/" + branch))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("Invalid submodule URL");

    assertThat(output.getAll()).doesNotContain("Internal error during receive-pack");
    assertThat(forge.resolve(PROJECT, branch)).isEmpty();
  }

  private static String short10(RevCommit commit) {
    return commit.name().substring(0, 10);
  }

  private Git cloned(String person) throws Exception {
    return Git.cloneRepository()
        .setURI(uri())
        .setCredentialsProvider(account(person))
        .setDirectory(folder.resolve("clone").toFile())
        .call();
  }

  private String uri() {
    return "http://127.0.0.1:" + port + REPOSITORY;
  }

  private static UsernamePasswordCredentialsProvider account(String person) {
    return new UsernamePasswordCredentialsProvider(person, ApiFixture.password(person));
  }

  private RevCommit commit(Map<String, byte[]> files) throws Exception {
    for (var file : files.entrySet()) {
      var target = folder.resolve("clone").resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    git.add().addFilepattern(".").call();
    return committed("Mine");
  }

  private RevCommit committed(String message) throws Exception {
    return git.commit()
        .setSign(false)
        .setAuthor("Mia", "mia@nsi.invalid")
        .setCommitter("Mia", "mia@nsi.invalid")
        .setMessage(message)
        .call();
  }

  private PushResult push(String spec) throws Exception {
    return git.push()
        .setCredentialsProvider(account("methodology"))
        .setRefSpecs(new RefSpec(spec))
        .call()
        .iterator()
        .next();
  }

  private static Status status(PushResult result) {
    return result.getRemoteUpdates().iterator().next().getStatus();
  }

  /** The newest push with this outcome. */
  private String newest(String outcome) {
    var events = api.get("auditor", "/api/v1/audit/events?project=" + P + "&limit=200").json();
    for (var event : events.path("items")) {
      if (event.path("action").asText().equals("repository.pushed")
          && event.path("outcome").asText().equalsIgnoreCase(outcome)) {
        return event.toString();
      }
    }
    throw new AssertionError("no push that was " + outcome);
  }
}
