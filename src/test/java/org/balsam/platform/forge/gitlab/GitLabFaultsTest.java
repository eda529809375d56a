package org.balsam.platform.forge.gitlab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.Forge.Access;
import org.balsam.platform.forge.Forge.Author;
import org.balsam.platform.forge.Forge.Change;
import org.balsam.platform.forge.ForgeProperties;
import org.balsam.platform.forge.git.IsolatedGit;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitLabFaultsTest {

  private static final ProjectId PROJECT = new ProjectId("emp-industry");
  private static final Author OLA = new Author("Ola Owner", "ola@nsi.invalid");
  private static final Map<String, byte[]> FILES = Map.of("balsam.yaml", "name: x".getBytes(UTF_8));
  private static final String GROUP = GitLabStub.ROOT + "/emp-industry";
  private static final String PATH = GROUP + "/emp-industry";

  private static GitLabStub stub;

  @TempDir Path temporary;
  private Forge forge;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    stub = new GitLabStub(folder);
  }

  @AfterAll
  static void stopServer() throws Exception {
    stub.close();
  }

  @BeforeEach
  void openForge() throws IOException {
    stub.reset(temporary.resolve("server"));
    forge =
        GitLabForgeTest.forge(GitLabForgeTest.settings(stub.url()), temporary.resolve("copies"));
  }

  private String ensure() {
    return forge.ensureRepository(PROJECT, FILES, OLA);
  }

  private static void fails(boolean retryable, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ExternalFailure.class, e -> assertThat(e.retryable()).isEqualTo(retryable))
        .hasMessageContaining(message)
        .hasMessageNotContaining(GitLabStub.TOKEN);
  }

  private static void rejected(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Rejection.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
  }

  @Test
  void passingTroubleIsTriedAgainAndHasOneEffect() {
    stub.fail("GET groups", 503, 2);
    stub.fail("POST projects", 502, 1);
    stub.fail("POST groups", 429, 1, "1");
    stub.fail("GIT", 503, 2);
    var tip = ensure();
    assertThat(forge.resolve(PROJECT, "main")).contains(tip);
  }

  @Test
  void lastingTroubleEndsAfterABoundedNumberOfRequests() {
    ensure();
    var before = stub.requests();
    stub.fail("GIT", 503, 100);
    fails(true, "503", () -> forge.refs(PROJECT));
    assertThat(stub.requests() - before).isLessThan(10);
  }

  @Test
  void aServerThatAsksToBeLeftAloneForLongIsLeftAlone() {
    stub.fail("GET groups", 429, 1, "3600");
    fails(true, "Retry-After 3600", this::ensure);
    assertThat(ensure()).isNotEmpty();
  }

  @Test
  void anErrorInTheMiddleOfAListEndsItAndRemovesNobody() {
    ensure();
    for (var i = 0; i < 150; i++) {
      stub.user("user" + i, "token" + i);
      stub.give(GROUP, "token" + i, 20);
    }
    stub.fail("members?page=2", 500, 100);
    fails(true, "500", () -> forge.ensureMembers(PROJECT, Map.of("user1", Access.READ)));
    assertThat(stub.members(GROUP)).hasSize(151);
  }

  @Test
  void aListThatNeverEndsIsLeft() {
    ensure();
    stub.makeEndless("members?page=");
    var before = stub.requests();
    fails(false, "never says", () -> forge.ensureMembers(PROJECT, Map.of("nobody", Access.READ)));
    assertThat(stub.requests() - before).isLessThan(250);
  }

  @Test
  void somebodyElsesProjectIsNeitherUsedNorRemoved() throws IOException {
    var group = stub.group(GROUP, "Made by Balsam: balsam-nsi-tst");
    var foreign = stub.project(group, "emp-industry", List.of("balsam-nsi-dev"));
    rejected(this::ensure);
    assertThatThrownBy(() -> forge.refs(PROJECT)).isInstanceOf(NotFound.class);
    forge.removeRepository(PROJECT);
    assertThat(stub.project(PATH)).contains(foreign);
  }

  @Test
  void somebodyElsesGroupIsNotUsed() {
    stub.group(GROUP, "Employment");
    rejected(this::ensure);
  }

  @Test
  void aPathThatOnlyLooksAlikeIsNotTheProject() throws IOException {
    var group = stub.group(GitLabStub.ROOT + "/Emp-Industry", "Made by Balsam: balsam-nsi-tst");
    rejected(this::ensure);
    assertThat(stub.members(group.path)).isEmpty();
  }

  @Test
  void anOldPathDoesNotLeadToWhatMovedAway() throws IOException {
    ensure();
    var moved = stub.project(PATH).orElseThrow();
    stub.move(moved, stub.group(GitLabStub.ROOT + "/archive", "Old"));
    var other =
        GitLabForgeTest.forge(GitLabForgeTest.settings(stub.url()), temporary.resolve("other"));
    assertThatThrownBy(() -> other.refs(PROJECT)).isInstanceOf(NotFound.class);
  }

  @Test
  void whatTheTokenMayNotDoIsSaid() {
    stub.user("stranger", "stranger-token");
    var blind = with("stranger-token");
    fails(false, "that Balsam's token can see", () -> blind.ensureRepository(PROJECT, FILES, OLA));
    stub.give(GitLabStub.ROOT, "stranger-token", 30);
    fails(false, "lacks a right", () -> blind.ensureRepository(PROJECT, FILES, OLA));
  }

  @Test
  void anExpiredTokenIsNamedAndExchangedWithoutARestart() throws IOException {
    var file = Files.writeString(temporary.resolve("token"), GitLabStub.TOKEN + "\n");
    var rotating = forge(file, null);
    rotating.ensureRepository(PROJECT, FILES, OLA);
    stub.exchangeToken(GitLabStub.TOKEN, "glpat-new-0123456789");
    fails(false, "expired", () -> rotating.refs(PROJECT));
    fails(false, "expired", () -> rotating.ensureMembers(PROJECT, Map.of()));
    Files.writeString(file, "glpat-new-0123456789\n");
    assertThat(rotating.refs(PROJECT)).hasSize(1);
    Files.delete(file);
    fails(false, "cannot be read", () -> rotating.refs(PROJECT));
  }

  private Forge with(String token) {
    return forge(null, token);
  }

  private Forge forge(Path file, String token) {
    return GitLabForgeTest.forge(
        new ForgeProperties.GitLab(
            stub.url(),
            GitLabStub.ROOT,
            file,
            token,
            null,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            null),
        temporary.resolve("copies-of-another"));
  }

  @Test
  void whatGitLabOnlyMarksForDeletionIsGone() {
    stub.markDeletions();
    ensure();
    forge.removeRepository(PROJECT);
    assertThat(stub.project(PATH)).isEmpty();
    ensure();
    assertThat(forge.list(PROJECT, "main")).containsExactly("balsam.yaml");
  }

  @Test
  void peoplePushWhatIsNotProtected() throws Exception {
    var tip = ensure();
    forge.ensureBranch(PROJECT, "round/2026-q3-r0", "main");
    stub.user("mia", "mia-token");
    forge.ensureMembers(PROJECT, Map.of("mia", Access.WRITE));
    assertThat(push("mia-token", "refs/heads/work/idea")).isEqualTo(Status.OK);
    assertThat(push("mia-token", "refs/tags/mth/v1.1.0")).isEqualTo(Status.OK);
    assertThat(push("mia-token", "refs/heads/main")).isEqualTo(Status.REJECTED_OTHER_REASON);
    assertThat(push("mia-token", "refs/heads/round/2026-q3-r0"))
        .isEqualTo(Status.REJECTED_OTHER_REASON);
    assertThat(push("mia-token", "refs/tags/rel/2026-q3-r0"))
        .isEqualTo(Status.REJECTED_OTHER_REASON);
    assertThat(forge.resolve(PROJECT, "main")).contains(tip);
  }

  private Status push(String token, String ref) throws Exception {
    var account = new UsernamePasswordCredentialsProvider("mia", token);
    var folder = Files.createTempDirectory(temporary, "clone").toFile();
    try (var git =
        Git.cloneRepository()
            .setURI(forge.cloneUri(PROJECT).toString())
            .setCredentialsProvider(account)
            .setDirectory(folder)
            .call()) {
      var commit =
          git.commit()
              .setAllowEmpty(true)
              .setSign(false)
              .setAuthor("Mia", "mia@nsi.invalid")
              .setCommitter("Mia", "mia@nsi.invalid")
              .setMessage("Mine")
              .call();
      var result =
          git.push()
              .setCredentialsProvider(account)
              .setRefSpecs(new RefSpec(commit.name() + ":" + ref))
              .call();
      return result.iterator().next().getRemoteUpdate(ref).getStatus();
    }
  }

  @Test
  void aWebhookIsMadeOnceAndGivenTheTokenOfToday() throws IOException {
    var file = Files.writeString(temporary.resolve("hook-token"), "a".repeat(32) + "\n");
    var hook =
        new ForgeProperties.Hook(
            java.net.URI.create("https://balsam.nsi.example/api/v1/hooks/gitlab"), file);
    var telling =
        GitLabForgeTest.forge(
            GitLabForgeTest.settings(stub.url(), hook), temporary.resolve("telling"));
    telling.ensureRepository(PROJECT, FILES, OLA);
    var project = stub.project(PATH).orElseThrow();
    assertThat(project.hooks).hasSize(1);
    var others = new GitLabStub.Hook();
    others.url = "https://chat.nsi.example/hook";
    others.token = "theirs";
    project.hooks.add(0, others);

    Files.writeString(file, "b".repeat(32) + "\n" + "a".repeat(32) + "\n");
    telling.ensureRepository(PROJECT, FILES, OLA);

    assertThat(project.hooks)
        .extracting(known -> known.url + " " + known.token)
        .containsExactly("https://chat.nsi.example/hook theirs", hook.url() + " " + "b".repeat(32));
    assertThat(stub.violations()).isEmpty();
  }

  @Test
  void withoutAnAddressNoWebhookIsMade() {
    ensure();
    assertThat(stub.project(PATH).orElseThrow().hooks).isEmpty();
  }

  @Test
  void protectionThatSomebodyLoosenedIsRestored() {
    ensure();
    var project = stub.project(PATH).orElseThrow();
    assertThat(project.branches).containsOnlyKeys("main", "round/*");
    assertThat(project.tags).isEqualTo(Map.of("*", 40, "mth/*", 30));
    project.branches.put("main", new int[] {30, 30});
    project.tags.remove("*");
    ensure();
    assertThat(project.branches.get("main")).containsExactly(40, 30);
    assertThat(project.tags).containsEntry("*", 40);
  }

  @Test
  void exactlyTheProjectsPeopleAreMembers() {
    ensure();
    for (var name : List.of("mia", "Ola", "eve", "group_7_bot_x")) {
      stub.user(name, name + "-token");
    }
    stub.give(GROUP, "eve-token", 40);
    stub.give(GROUP, "group_7_bot_x-token", 40);
    var wanted = Map.of("mia", Access.WRITE, "ola", Access.READ);
    var result = forge.ensureMembers(PROJECT, wanted);
    assertThat(result.unknown()).containsExactly("ola");
    assertThat(result.changed()).containsExactlyInAnyOrder("mia", "eve");
    assertThat(stub.members(GROUP)).isEqualTo(Map.of("balsam", 50, "mia", 30, "group_7_bot_x", 40));
    assertThat(forge.ensureMembers(PROJECT, wanted).changed()).isEmpty();
    forge.ensureMembers(PROJECT, Map.of("mia", Access.READ));
    assertThat(stub.members(GROUP)).containsEntry("mia", 20);
  }

  @Test
  void aReadersTokenIsShortLivedAndReadsOneRepositoryOnly() {
    ensure();
    forge.grantReading(PROJECT, "job", Duration.ofHours(2));
    var token = stub.project(PATH).orElseThrow().tokens.get(0);
    assertThat(token.scopes).containsExactly("read_repository");
    assertThat(token.level).isEqualTo(20);
    assertThat(LocalDate.parse(token.expires))
        .isBetween(LocalDate.now().plusDays(1), LocalDate.now().plusDays(4));
    var second = new ProjectId("second");
    forge.ensureRepository(second, FILES, OLA);
    assertThatThrownBy(
            () ->
                org.balsam.platform.forge.CodeCheckout.of(
                        Map.of("BALSAM_FORGE_TOKEN", token.secret))
                    .fetch(forge.cloneUri(second), "0".repeat(40), temporary.resolve("x")))
        .isInstanceOf(ExternalFailure.class);
  }

  @Test
  void aTokenWhoseIdWasNotNotedBeforeACrashIsRevoked() {
    var notes = new HashMap<String, Long>();
    var forgetful =
        new MemoryTokenLedger() {
          @Override
          public void made(String holder, long token) {
            notes.put(holder, token);
          }
        };
    var crashed =
        new GitLabForge(
            GitLabForgeTest.settings(stub.url()),
            new Installation("nsi", "tst"),
            temporary.resolve("crashed"),
            forgetful,
            Clock.systemUTC());
    crashed.ensureRepository(PROJECT, FILES, OLA);
    crashed.grantReading(PROJECT, "job", Duration.ofHours(1));
    assertThat(notes).hasSize(1);
    assertThat(stub.openTokens()).isOne();
    assertThat(crashed.endReading(PROJECT, "job")).isTrue();
    assertThat(stub.openTokens()).isZero();
  }

  @Test
  void aRevocationThatFailedIsMadeUpForByTheNextOne() {
    ensure();
    forge.grantReading(PROJECT, "first", Duration.ofHours(1));
    forge.grantReading(PROJECT, "second", Duration.ofHours(1));
    stub.fail("DELETE projects", 500, 4);
    fails(true, "500", () -> forge.endReading(PROJECT, "first"));
    assertThat(stub.openTokens()).isEqualTo(2);
    forge.endReading(PROJECT, "second");
    assertThat(stub.openTokens()).isZero();
  }

  @Test
  void aDamagedCopyIsMadeAnew() throws IOException {
    var tip = ensure();
    try (var copies = Files.walk(temporary.resolve("copies"))) {
      for (var file : copies.filter(path -> path.toString().contains("/objects/")).toList()) {
        if (Files.isRegularFile(file)) {
          assertThat(file.toFile().setWritable(true)).isTrue();
          Files.delete(file);
        }
      }
    }
    assertThat(forge.list(PROJECT, "main")).containsExactly("balsam.yaml");
    assertThat(forge.list(PROJECT, tip)).containsExactly("balsam.yaml");
  }

  @Test
  void aPersonIsTheAuthorAndBalsamTheCommitter() throws IOException {
    ensure();
    forge.ensureBranch(PROJECT, "work/a", "main");
    var tip = forge.commit(PROJECT, "work/a", new Change(FILES2, "Change", OLA, false));
    var folder = stub.repository(stub.project(PATH).orElseThrow()).toFile();
    try (var git = IsolatedGit.open(folder);
        var walk = new RevWalk(git)) {
      var commit = walk.parseCommit(ObjectId.fromString(tip));
      assertThat(commit.getAuthorIdent().getEmailAddress()).isEqualTo("ola@nsi.invalid");
      assertThat(commit.getCommitterIdent().getName()).isEqualTo("Balsam");
    }
  }

  private static final Map<String, byte[]> FILES2 = Map.of("b", "1".getBytes(UTF_8));
}
