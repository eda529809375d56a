package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.balsam.api.ApiFixture.Reply;
import org.balsam.platform.forge.gitlab.GitLabStub;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A server that behaves as GitLab does tells of what people do, and others pretend to be it. */
@DirtiesContext
class GitLabHookApiTest extends ApiTestBase {

  private static final String HOOK = "/api/v1/hooks/gitlab";
  private static final String TOKEN = "a-token-of-the-gitlab-server-0123456789";
  private static final String CODE = GitLabStub.ROOT + "/" + P + "/" + P;
  private static final String COMMIT = "a".repeat(40);

  @TempDir static Path folder;
  private static GitLabStub gitlab;

  @Autowired JdbcClient jdbc;
  private long before;

  @DynamicPropertySource
  static void useGitLab(DynamicPropertyRegistry properties) throws Exception {
    var server = Files.createTempDirectory(Path.of("target"), "gitlab").toAbsolutePath();
    gitlab = new GitLabStub(server);
    var token = Files.writeString(server.resolve("token"), TOKEN + "\n");
    properties.add("balsam.forge.type", () -> "gitlab");
    properties.add("balsam.forge.gitlab.url", gitlab::url);
    properties.add("balsam.forge.gitlab.group", () -> GitLabStub.ROOT);
    properties.add("balsam.forge.gitlab.token", () -> GitLabStub.TOKEN);
    properties.add("balsam.forge.gitlab.hook.url", () -> "http://balsam.invalid" + HOOK);
    properties.add("balsam.forge.gitlab.hook.token-file", token::toString);
  }

  @AfterAll
  static void stopServer() throws Exception {
    gitlab.close();
  }

  @BeforeEach
  void listen() {
    gitlab.events().resolve("balsam.invalid", port);
    before = told();
  }

  private long told() {
    return jdbc.sql("select count(*) from balsam.audit_event where action like 'forge.%'")
        .query(Long.class)
        .single();
  }

  /** What the trail has since the test began, the newest first. */
  private JsonNode newest() {
    return api.get("auditor", "/api/v1/audit/events?project=" + P + "&limit=200")
        .json()
        .path("items");
  }

  private JsonNode find(String action, String what, String value) {
    for (var event : newest()) {
      if (event.path("action").asText().equals(action)
          && event.path("details").path(what).asText().equals(value)) {
        return event;
      }
    }
    throw new AssertionError(action + " " + what + "=" + value + " is not in " + newest());
  }

  private static String push(String path, String ref, String more) {
    return """
        {"object_kind":"push","ref":"%s","before":"%s","after":"%s","checkout_sha":"%s",
         "user_username":"mia","project":{"id":1,"path_with_namespace":"%s"}%s}"""
        .formatted(ref, "0".repeat(40), COMMIT, COMMIT, path, more);
  }

  private Reply send(String token, String event, String body) {
    return api.send(
        null, "POST", HOOK, body, "X-Gitlab-Token", token, "X-Gitlab-Event-UUID", event);
  }

  private Reply tell(String body) {
    return send(TOKEN, UUID.randomUUID().toString(), body);
  }

  @Test
  void whatAPersonPushesIsInTheTrailWithTheirName() throws Exception {
    gitlab.user("mia", "mia-token");
    gitlab.give(GitLabStub.ROOT + "/" + P, "mia-token", 30);
    var account = new UsernamePasswordCredentialsProvider("mia", "mia-token");
    try (var git =
        Git.cloneRepository()
            .setURI(gitlab.url() + "/" + CODE + ".git")
            .setCredentialsProvider(account)
            .setDirectory(folder.resolve("clone").toFile())
            .call()) {
      var commit =
          git.commit()
              .setAllowEmpty(true)
              .setSign(false)
              .setAuthor("Mia", "mia@nsi.invalid")
              .setCommitter("Mia", "mia@nsi.invalid")
              .setMessage("Mine")
              .call();
      git.push()
          .setCredentialsProvider(account)
          .setRefSpecs(
              new RefSpec(commit.name() + ":refs/heads/work/idea"),
              new RefSpec(commit.name() + ":refs/tags/mth/v1.1.0"),
              new RefSpec(commit.name() + ":refs/heads/main"))
          .call();
      await(() -> told() >= before + 2);

      var pushed = find("forge.pushed", "branch", "work/idea");
      assertThat(pushed.path("actor").asText()).isEqualTo("gitlab");
      assertThat(pushed.path("actorKind").asText()).isEqualToIgnoringCase("service");
      assertThat(pushed.path("details").path("by").asText()).isEqualTo("mia");
      assertThat(pushed.path("details").path("after").asText()).isEqualTo(commit.name());
      assertThat(find("forge.tagged", "tag", "mth/v1.1.0").path("details").path("by").asText())
          .isEqualTo("mia");
      assertThat(newest().toString()).doesNotContain("\"by\":\"mia\",\"branch\":\"main\"");
      assertThat(gitlab.events().answers()).isNotEmpty().containsOnly(204);
    }
  }

  @Test
  void anEventThatIsToldAHundredTimesHasOneEffect() throws Exception {
    var event = UUID.randomUUID().toString();
    var body = push(CODE, "refs/heads/work/once", "");
    var sending = new ArrayList<Callable<Reply>>();
    for (var i = 0; i < 100; i++) {
      sending.add(() -> send(TOKEN, event, body));
    }
    var threads = Executors.newFixedThreadPool(8);
    try {
      for (var reply : threads.invokeAll(sending)) {
        assertThat(reply.get().status()).isEqualTo(204);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(told()).isEqualTo(before + 1);
    assertThat(tell(body).status()).isEqualTo(204);
    assertThat(told()).as("another event that says the same").isEqualTo(before + 2);
  }

  @Test
  void whatTheServerSendsAgainIsKnownByItsKey() {
    var key = UUID.randomUUID().toString();
    for (var i = 0; i < 2; i++) {
      var reply =
          api.send(
              null,
              "POST",
              HOOK,
              push(CODE, "refs/heads/work/again", ""),
              "X-Gitlab-Token",
              TOKEN,
              "X-Gitlab-Event-UUID",
              UUID.randomUUID().toString(),
              "Idempotency-Key",
              key);
      assertThat(reply.status()).isEqualTo(204);
    }
    assertThat(told()).isEqualTo(before + 1);
  }

  @Test
  void eventsAreKnownForAQuarterAndForgottenByTheThousand() {
    jdbc.sql(
            """
            insert into balsam.forge_event (event, project, noted_at)
            select gen_random_uuid(), 'forgotten', now() - interval '91 days'
            from generate_series(1, 1500)
            union all select gen_random_uuid(), 'kept', now() - interval '89 days'
            """)
        .update();
    var body = push(CODE, "refs/heads/work/late", "");
    assertThat(send("wrong" + TOKEN, UUID.randomUUID().toString(), body).status()).isEqualTo(403);
    assertThat(noted("forgotten")).isEqualTo(1500);
    tell(body);
    assertThat(noted("forgotten")).isEqualTo(500);
    tell(body);
    assertThat(noted("forgotten")).isZero();
    assertThat(noted("kept")).isEqualTo(1);
    assertThat(told()).isEqualTo(before + 2);
  }

  private long noted(String project) {
    return jdbc.sql("select count(*) from balsam.forge_event where project = ?")
        .param(project)
        .query(Long.class)
        .single();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", TOKEN + "x", "a-token-of-the-gitlab-server-012345678"})
  void whoDoesNotHaveTheTokenIsNotRead(String token) {
    var reply = send(token, "no event", "{\"object_kind\":");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text()).doesNotContain(TOKEN, P);
    assertThat(told()).isEqualTo(before);
  }

  @Test
  void aPersonsPasswordIsNoToken() {
    var body = push(CODE, "refs/heads/work/mine", "");
    assertThat(api.send("owner", "POST", HOOK, body).status()).isEqualTo(403);
    assertThat(api.send(null, "GET", HOOK, null).status()).isEqualTo(405);
    assertThat(told()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nsi/production/nobody/nobody",
        "nsi/production/emp-secret/other",
        "nsi/production/Emp-Secret/Emp-Secret",
        "nsi/production/emp-secret",
        "elsewhere/emp-secret/emp-secret",
        "nsi/production/emp-secret/../emp-secret",
        "../../etc/passwd",
        ""
      })
  void otherProjectsAreAnsweredAsKnownOnesAre(String path) {
    var known = tell(push(CODE, "refs/heads/work/known", ""));
    var other = tell(push(path, "refs/heads/work/other", ""));
    assertThat(other.status()).isEqualTo(known.status()).isEqualTo(204);
    assertThat(other.text()).isEqualTo(known.text()).isEmpty();
    assertThat(told()).isEqualTo(before + 1);
  }

  @Test
  void whatConcernsARoundOrAnExplorationIsFoundThere() {
    tell(push(CODE, "refs/heads/round/1950-q1-r0", ""));
    assertThat(find("forge.pushed", "branch", "round/1950-q1-r0").path("subject").asText())
        .isEqualTo(P + "-1950-q1-r0");
    tell(
        """
        {"object_kind":"merge_request","user":{"username":"mia"},
         "project":{"path_with_namespace":"%s"},
         "object_attributes":{"iid":7,"action":"merge","source_branch":"work/ml-x-explore-a1b2c3",
          "target_branch":"main","merge_commit_sha":"%s"}}"""
            .formatted(CODE, COMMIT));
    var merged = find("forge.merge-request", "branch", "work/ml-x-explore-a1b2c3");
    assertThat(merged.path("subject").asText()).isEqualTo("ml-x-explore-a1b2c3");
    assertThat(merged.path("details").path("change").asText()).isEqualTo("merge");
    assertThat(merged.path("details").path("into").asText()).isEqualTo("main");
    assertThat(merged.path("details").path("by").asText()).isEqualTo("mia");
    assertThat(told()).isEqualTo(before + 2);
  }

  @Test
  void whatBalsamDoesNotFollowIsTakenAndForgotten() {
    for (var body :
        List.of(
            "{}",
            "null",
            push(CODE, "refs/heads/x", "").replace("\"push\"", "\"issue\""),
            push(CODE, "refs/keep/x", ""),
            push(CODE, "", ""),
            "{\"object_kind\":\"push\",\"project\":{\"path_with_namespace\":\"" + CODE + "\"}}",
            """
            {"object_kind":"merge_request","project":{"path_with_namespace":"%s"},
             "object_attributes":{"action":"drop table","source_branch":"x"}}"""
                .formatted(CODE))) {
      assertThat(tell(body).status()).as(body).isEqualTo(204);
    }
    assertThat(told()).isEqualTo(before);
  }

  @Test
  void whoWritesTextsCannotHideWhatTheyDid() {
    var message =
        ",\"commits\":[{\"message\":\"a\\u0000\\u202e\\ud800" + "x".repeat(100_000) + "\"}]";
    assertThat(tell(push(CODE, "refs/heads/work/\\u202ehsup\\u0000", message)).status())
        .isEqualTo(204);
    var shown = find("forge.pushed", "branch", "work/\uFFFDhsup\uFFFD");
    assertThat(shown.path("details").path("by").asText()).isEqualTo("mia");
    assertThat(tell(push(CODE, "refs/heads/work/" + "y".repeat(5_000), "")).status())
        .isEqualTo(204);
    assertThat(told()).isEqualTo(before + 2);
    assertThat(newest().toString()).doesNotContain("y".repeat(300));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"object_kind\":",
        "[]",
        "\"push\"",
        "{\"object_kind\":{}}",
        "{\"ref\":[\"refs/heads/x\"]}",
        "{\"project\":\"x\"}",
        "{\"object_kind\":\"merge_request\",\"object_attributes\":{\"iid\":1e999}}",
        "<event/>"
      })
  void whatIsNoEventIsRefusedWithoutATrace(String body) {
    var reply = tell(body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).doesNotContain("jackson", "java", "Exception");
    assertThat(told()).isEqualTo(before);
  }

  @Test
  void deepAndLongValuesAndOtherIdsAreRefused() {
    assertThat(tell("{\"x\":" + "[".repeat(100_000)).status()).isEqualTo(400);
    assertThat(tell(push(CODE, "refs/heads/" + "z".repeat(1_000_000), "")).status()).isEqualTo(400);
    var body = push(CODE, "refs/heads/x", "");
    assertThat(send(TOKEN, "1", body).status()).isEqualTo(400);
    assertThat(api.send(null, "POST", HOOK, body, "X-Gitlab-Token", TOKEN).status()).isEqualTo(400);
    assertThat(told()).isEqualTo(before);
  }

  @Test
  void largeEventsAreReadAndLargerOnesRefused() throws IOException {
    var files = "\"steps/a.sql\",".repeat(1_000_000);
    var large =
        push(CODE, "refs/heads/work/large", ",\"commits\":[{\"added\":[" + files + "\"b\"]}]");
    assertThat(large.length()).isBetween(10 << 20, 25 << 20);
    assertThat(tell(large).status()).isEqualTo(204);
    assertThat(told()).isEqualTo(before + 1);

    var larger = large.replace("steps/a.sql", "steps/of/this/and/that/year/a.sql");
    assertThat(larger.length()).isGreaterThan(25 << 20);
    assertThat(tell(larger).status()).isEqualTo(413);
    var bytes = larger.getBytes(StandardCharsets.UTF_8);
    var chunked =
        api.send(
            null,
            "POST",
            HOOK,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)),
            "application/json",
            "X-Gitlab-Token",
            TOKEN,
            "X-Gitlab-Event-UUID",
            UUID.randomUUID().toString());
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(told()).isEqualTo(before + 1);
  }
}
