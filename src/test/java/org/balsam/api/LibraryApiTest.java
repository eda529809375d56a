package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.testing.GitServer;
import org.balsam.testing.GitServer.Entry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A whole Balsam with two libraries on a real Git server: one for everybody, one of a project. */
@DirtiesContext
class LibraryApiTest extends ApiTestBase {

  private static final String METHODS = "/api/v1/libraries/methods";
  private static final String BRANCH = "work/methods";
  private static final String KEY = "AKIA" + "QYLPMN5HHHFPZAM2";
  private static final Map<String, Entry> FILES =
      Map.of(
          "Articles/imputation.md",
              Entry.file("# Imputation\n\n<script>alert(1)</script> Nearest neighbours"),
          "Articles/link.md", new Entry(FileMode.SYMLINK, "/etc/passwd".getBytes()),
          "Resources/sampling/srs.R", Entry.file("sample(x)\n"),
          "Resources/sampling/sub/README.md", Entry.file("# Read me\n"),
          "Templates/survey/README.md", Entry.file("# A survey\n"),
          "Templates/survey/steps/weights.sql", Entry.file("select 1\n"),
          "Templates/wrong/balsam.yaml", Entry.file("version: 99\n"),
          "Templates/leaking/a.py", Entry.file("key = '" + KEY + "'\n"));

  private static GitServer server;
  private static String commit;

  @Autowired Forge forge;
  @Autowired JdbcClient database;

  @DynamicPropertySource
  static void useLibraries(DynamicPropertyRegistry properties) throws Exception {
    var folder = Files.createTempDirectory(Path.of("target"), "libraries").toAbsolutePath();
    server = new GitServer(folder);
    commit = server.commit("methods", FILES);
    server.commit("private-own", Map.of("Articles/hidden.md", Entry.file("# Hidden imputation")));
    var token = Files.writeString(folder.resolve("token"), GitServer.TOKEN + "\n");
    var p = "balsam.libraries.";
    properties.add(p + "allowed-hosts", () -> "127.0.0.1");
    properties.add(p + "sources.methods.name", () -> "Methods of the institute");
    properties.add(p + "sources.methods.url", () -> server.url("methods"));
    properties.add(p + "sources.methods.offers-to", () -> OTHER);
    properties.add(p + "sources.own.name", () -> "Our own");
    properties.add(p + "sources.own.url", () -> server.url("private-own"));
    properties.add(p + "sources.own.user", () -> "reader");
    properties.add(p + "sources.own.token-file", token::toString);
    properties.add(p + "sources.own.projects", () -> P);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void fetched() {
    await(() -> api.get(ADMIN, METHODS).json().hasNonNull("commit"));
    await(() -> api.get(ADMIN, "/api/v1/libraries/own").json().hasNonNull("commit"));
    forge.ensureBranch(new ProjectId(P), BRANCH, "main");
  }

  private JsonNode item(String path) {
    for (var item : api.get(OUTSIDER, METHODS + "/items?limit=200").json().path("items")) {
      if (item.path("path").asText().equals(path)) {
        return item;
      }
    }
    throw new AssertionError("no item " + path);
  }

  private String at(String path) {
    return METHODS + "/items/" + item(path).path("id").asText();
  }

  @Test
  void whoIsSignedInFindsAndReads() {
    var library = api.get(OUTSIDER, METHODS).json();
    assertThat(library.path("commit").asText()).isEqualTo(commit);
    assertThat(library.path("leftOut").get(0).asText())
        .isEqualTo("Articles/link.md: it is a symbolic link");
    var hits = api.get(OUTSIDER, "/api/v1/libraries/search?q=imputations").json().path("items");
    assertThat(hits).hasSize(1);
    assertThat(hits.get(0).at("/item/path").asText()).isEqualTo("Articles/imputation.md");
    assertThat(api.get("owner", "/api/v1/libraries/search?q=imputations").json().path("items"))
        .hasSize(2);
    assertThat(api.get(OUTSIDER, METHODS + "/items?folder=Resources/sampling").json().path("items"))
        .hasSize(2);
    assertThat(api.get(OUTSIDER, METHODS + "/items?kind=poem").status()).isEqualTo(400);
    assertThat(api.get(OUTSIDER, "/api/v1/libraries/search?q=").status()).isEqualTo(400);
  }

  @Test
  void nobodyReadsWithoutSigningInAndTokensAreNowhere() {
    for (var path : List.of("", "/methods", "/methods/items", "/search?q=a", "/methods/offers")) {
      assertThat(api.send(null, "GET", "/api/v1/libraries" + path, null).status()).isEqualTo(401);
    }
    for (var path : List.of("", "/items", "/offers")) {
      assertThat(api.get(OUTSIDER, "/api/v1/libraries/own" + path).status()).isEqualTo(404);
      assertThat(api.get("owner", "/api/v1/libraries/own" + path).text())
          .doesNotContain(GitServer.TOKEN);
    }
    assertThat(api.get(OUTSIDER, "/api/v1/libraries").text()).doesNotContain("own");
  }

  @Test
  void aPreviewRunsNothingAndAFileIsDownloaded() {
    var preview = api.get(OUTSIDER, at("Articles/imputation.md") + "/preview");
    assertThat(preview.status()).as(preview.text()).isEqualTo(200);
    assertThat(preview.text()).contains("<h1>Imputation</h1>").doesNotContain("<script");
    assertThat(preview.header("Content-Security-Policy")).startsWith("sandbox; default-src 'none'");
    assertThat(preview.header("X-Content-Type-Options")).isEqualTo("nosniff");
    var content = api.get(OUTSIDER, at("Articles/imputation.md") + "/content");
    assertThat(content.text()).contains("<script>alert(1)</script>");
    assertThat(content.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(content.header("Content-Disposition")).startsWith("attachment;");
    assertThat(api.get(OUTSIDER, at("Resources") + "/preview").status()).isEqualTo(404);
  }

  @Test
  void aCopyIsOneCommitOfThePersonThatSaysWhereItIsFrom() throws Exception {
    var body = "{\"project\":\"%s\",\"branch\":\"%s\",\"folder\":\"lib\"}".formatted(P, BRANCH);
    var copied = api.post("subject", at("Resources/sampling") + "/copies", body);
    assertThat(copied.status()).as(copied.text()).isEqualTo(200);
    assertThat(copied.json().path("files").toString())
        .isEqualTo("[\"lib/sampling/srs.R\",\"lib/sampling/sub/README.md\"]");
    var tip = copied.json().path("commit").asText();
    assertThat(forge.read(new ProjectId(P), tip, "lib/sampling/srs.R"))
        .hasValueSatisfying(text -> assertThat(text).asString().isEqualTo("sample(x)\n"));
    var clone = Path.of(forge.cloneUri(new ProjectId(P))).toFile();
    try (var git = new FileRepositoryBuilder().setBare().setGitDir(clone).build();
        var walk = new org.eclipse.jgit.revwalk.RevWalk(git)) {
      var made = walk.parseCommit(git.resolve(tip));
      assertThat(made.getAuthorIdent().getName()).isEqualTo("The subject");
      assertThat(made.getAuthorIdent().getEmailAddress()).isEqualTo("subject@example.org");
      assertThat(made.getFullMessage())
          .contains(
              "Library: methods", "Source-Path: Resources/sampling", "Source-Commit: " + commit);
    }
    assertThat(
            api.post("subject", at("Resources/sampling") + "/copies", body)
                .json()
                .path("commit")
                .asText())
        .as("copied once")
        .isEqualTo(tip);
    var events =
        api.get("owner", "/api/v1/audit/events?project=" + P + "&action=library.item-copied");
    assertThat(events.text()).contains(commit, tip);
  }

  @Test
  void whatIsThereIsNotReplacedUnlessAsked() {
    var folder = "taken";
    var file = Map.of(folder + "/imputation.md", "ours".getBytes(StandardCharsets.UTF_8));
    forge.commit(
        new ProjectId(P),
        BRANCH,
        new Forge.Change(file, "Ours", new Forge.Author("a", "a@b.invalid"), false));
    var copies = at("Articles/imputation.md") + "/copies";
    var body = "{\"project\":\"%s\",\"branch\":\"%s\",\"folder\":\"taken\"".formatted(P, BRANCH);
    var refused = api.post("owner", copies, body + "}");
    assertThat(refused.code()).isEqualTo("already-exists");
    assertThat(api.post("owner", copies, body + ",\"commit\":\"" + "0".repeat(40) + "\"}").code())
        .isEqualTo("stale");
    assertThat(api.post("owner", copies, body + ",\"replace\":true}").status()).isEqualTo(200);
  }

  @Test
  void nothingIsCopiedWhereThePersonMayNotWrite() {
    var copies = at("Articles/imputation.md") + "/copies";
    var before = forge.refs(new ProjectId(P));
    assertThat(copy(OUTSIDER, copies, P, BRANCH, "").status()).isEqualTo(404);
    assertThat(copy("auditor", copies, P, BRANCH, "").status()).isEqualTo(403);
    assertThat(copy(ADMIN, copies, P, BRANCH, "").status()).isEqualTo(404);
    assertThat(copy("owner", copies, P, "main", "").code()).isEqualTo("ref-protected");
    assertThat(copy("owner", copies, P, "no-branch", "").status()).isEqualTo(404);
    for (var folder : List.of("..", "/etc", "a/../../b", ".git/hooks", "a\\\\b", "a//b")) {
      assertThat(copy("owner", copies, P, BRANCH, folder).status()).as(folder).isEqualTo(400);
    }
    assertThat(forge.refs(new ProjectId(P))).isEqualTo(before);
  }

  private ApiFixture.Reply copy(
      String person, String copies, String project, String branch, String folder) {
    return api.post(
        person,
        copies,
        "{\"project\":\"%s\",\"branch\":\"%s\",\"folder\":\"%s\"}"
            .formatted(project, branch, folder));
  }

  @Test
  void aProjectBeginsWithATemplateAsItWasWhenAskedFor() throws Exception {
    var at = server.url("methods") + "#Templates/survey";
    var asked = commit;
    var project = new ProjectId(begin("Survey of the outsider", at).path("id").asText());
    rewrite("# Another survey\n");
    approve(project.value(), OUTSIDER);
    var main = forge.resolve(project, "main").orElseThrow();
    assertThat(text(project, main, "README.md")).isEqualTo("# A survey\n");
    assertThat(forge.list(project, main)).contains("steps/weights.sql", "balsam.yaml");
    var method = forge.resolve(project, "mth/v1.0.0").orElseThrow();
    assertThat(text(project, method, "README.md")).isEqualTo("# A survey\n");
    var requested =
        api.get(ADMIN, "/api/v1/audit/events?project=" + project + "&action=project.requested");
    assertThat(requested.text()).contains(at + " at commit " + asked);
    assertThat(kept()).isZero();
    rewrite("# A survey\n");
  }

  @Test
  void aProjectBeginsWithNothingThatItMayNotHave() {
    var methods = server.url("methods").toString();
    var own = server.url("private-own").toString();
    for (var place :
        List.of(
            "file:///etc#Templates/survey",
            own + "#Templates/a",
            methods,
            methods + "#Templates",
            methods + "#Resources/sampling",
            methods + "#Templates/survey/README.md",
            methods + "#Templates/../Resources")) {
      var refused = ask("No project", place);
      assertThat(refused.status()).as(place).isEqualTo(400);
      assertThat(refused.where()).isEqualTo("/sourceLocation");
      assertThat(refused.text()).contains(methods + "#Templates/survey").doesNotContain(own);
    }
    assertThat(ask("No project", methods + "#Templates/wrong").text()).contains("balsam.yaml:1");
    assertThat(ask("No project", methods + "#Templates/leaking").text())
        .contains("a.py:1", "exchange it")
        .doesNotContain(KEY);
    assertThat(api.get(ADMIN, "/api/v1/projects/no-project").status()).isEqualTo(404);
    assertThat(kept()).isZero();
  }

  @Test
  void aRequestThatIsTakenBackKeepsNothing() {
    var project =
        begin("Soon taken back", server.url("methods") + "#Templates/survey").path("id").asText();
    assertThat(kept()).isEqualTo(1);
    assertThat(api.send(OUTSIDER, "DELETE", "/api/v1/projects/" + project, null).status())
        .isEqualTo(200);
    await(() -> kept() == 0);
  }

  private ApiFixture.Reply ask(String name, String source) {
    return api.post(
        OUTSIDER,
        "/api/v1/projects",
        "{\"name\":\"%s\",\"branchName\":\"main\",\"sourceLocation\":\"%s\"}"
            .formatted(name, source));
  }

  private JsonNode begin(String name, String source) {
    var asked = ask(name, source);
    assertThat(asked.status()).as(asked.text()).isEqualTo(200);
    return asked.json();
  }

  /** Moves the library on, with another page in the template. */
  private void rewrite(String page) throws Exception {
    var files = new HashMap<>(FILES);
    files.put("Templates/survey/README.md", Entry.file(page));
    commit = server.commit("methods", files);
    api.post(ADMIN, METHODS + "/refresh", "");
    await(() -> api.get(ADMIN, METHODS).json().path("commit").asText().equals(commit));
  }

  private String text(ProjectId project, String at, String path) {
    return new String(forge.read(project, at, path).orElseThrow(), StandardCharsets.UTF_8);
  }

  private long kept() {
    return database.sql("select count(*) from balsam.project_beginning").query(Long.class).single();
  }

  @Test
  void anItemIsOfferedOnABranchOfTheKeepersRepository() {
    var file = Map.of("method/a.md", "# A method".getBytes(StandardCharsets.UTF_8));
    var origin =
        forge.commit(
            new ProjectId(P),
            BRANCH,
            new Forge.Change(file, "Method", new Forge.Author("a", "a@b.invalid"), false));
    var body =
        "{\"project\":\"%s\",\"ref\":\"%s\",\"path\":\"method\",\"kind\":\"article\",\"title\":\"A method\",\"text\":\"Useful\"}";
    var offers = METHODS + "/offers";
    var ours = body.formatted(P, BRANCH);
    assertThat(api.post("subject", offers, ours).status()).isEqualTo(403);
    assertThat(api.post(OUTSIDER, offers, ours).status()).isEqualTo(404);
    var offered = api.post("methodology", offers, ours);
    assertThat(offered.status()).as(offered.text()).isEqualTo(200);
    var branch = offered.json().path("branch").asText();
    assertThat(offered.json().path("origin").asText()).isEqualTo(origin);
    var keeper = new ProjectId(OTHER);
    var tip = forge.resolve(keeper, branch).orElseThrow();
    assertThat(forge.read(keeper, tip, "Articles/method/a.md")).isPresent();
    assertThat(forge.refs(keeper).get("refs/heads/main")).isNotEqualTo(tip);
    api.post("methodology", offers, ours);
    assertThat(forge.resolve(keeper, branch)).contains(tip);
    assertThat(api.get(OUTSIDER, offers).json().path("items")).hasSize(1);
    assertThat(api.get("owner", offers).json().path("items")).hasSize(1);
    person("third");
    assertThat(api.get("third", offers).json().path("items")).isEmpty();
    assertThat(api.get(OUTSIDER, "/api/v1/inbox").text()).contains("A method");
    assertThat(api.post("owner", "/api/v1/libraries/own/offers", ours).status()).isEqualTo(400);
  }

  @Test
  void clientsOfTheHubListReadAndCopy() {
    var libraries = hub(OUTSIDER, "GET", "/api/v1/knowledge-libraries", 200).json();
    assertThat(libraries.findValuesAsText("id")).containsExactly("methods");
    assertThat(libraries.at("/0/repositoryUrl").asText())
        .isEqualTo(server.url("methods").toString());
    var files = hub(OUTSIDER, "GET", "/api/v1/knowledge-libraries/methods/files", 200).json();
    assertThat(files.findValuesAsText("path"))
        .contains("Articles/imputation.md", "Resources/sampling", "Resources/sampling/srs.R")
        .isSorted();
    for (var file : files) {
      var url = file.path("contentUrl").asText("");
      assertThat(url.isEmpty()).isEqualTo(file.path("type").asText().equals("Folder"));
      if (file.path("name").asText().equals("srs.R")) {
        var read = hub(OUTSIDER, "GET", url.substring(url.indexOf("/api/")), 200);
        assertThat(read.text()).isEqualTo("sample(x)\n");
        assertThat(read.header("Content-Disposition")).startsWith("attachment");
      }
    }
    var branches = PATH + "/branches";
    var made = api.post("owner", branches, "{\"name\":\"From the library\"}").json();
    var copies =
        branches
            + "/"
            + made.path("id").asText()
            + "/files?libraryId=methods&fileId="
            + item("Resources/sampling").path("id").asText();
    hub("subject", "PUT", copies, 200);
    var project = new ProjectId(P);
    var git = made.path("gitBranch").asText();
    var tip = forge.resolve(project, git).orElseThrow();
    assertThat(forge.read(project, tip, "sampling/srs.R")).isPresent();
    hub("subject", "PUT", copies, 200);
    assertThat(forge.resolve(project, git)).as("copied once").contains(tip);
    assertThat(api.send("subject", "PUT", copies + "&commit=" + "0".repeat(40), null).code())
        .isEqualTo("stale");
    assertThat(api.send("subject", "PUT", copies + "&folder=..", null).status()).isEqualTo(400);
    hub("auditor", "PUT", copies, 403);
    hub(OUTSIDER, "PUT", copies, 404);
    hub("subject", "PUT", copies.replace(made.path("id").asText(), "nowhere"), 404);
    hub("subject", "PUT", copies.replace(made.path("id").asText(), "main"), 409);
    hub(OUTSIDER, "GET", "/api/v1/knowledge-libraries/own/files", 404);
    hub("owner", "GET", "/api/v1/knowledge-libraries/methods/files/none", 404);
    assertThat(api.send(null, "GET", "/api/v1/knowledge-libraries", null).status()).isEqualTo(401);
    assertThat(forge.resolve(project, git)).contains(tip);
  }

  /** Compared with the hub's description where that can be found. */
  private ApiFixture.Reply hub(String person, String method, String path, int status) {
    var reply = api.send(person, method, path, null);
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.text()).isEqualTo(status);
    if (HubContract.isThere()) {
      new HubContract().check(method, path, null, reply);
    }
    return reply;
  }

  @Test
  void anAdministratorHasAServerAskedNow() throws Exception {
    var second = server.commit("private-own", Map.of("Articles/new.md", Entry.file("# New")));
    assertThat(api.post("owner", "/api/v1/libraries/own/refresh", "").status()).isEqualTo(403);
    assertThat(api.post(ADMIN, "/api/v1/libraries/own/refresh", "").status()).isEqualTo(202);
    await(
        () ->
            api.get("owner", "/api/v1/libraries/own")
                .json()
                .path("commit")
                .asText()
                .equals(second));
  }
}
