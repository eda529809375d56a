package org.balsam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.balsam.api.ApiFixture.Reply;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The API as clients of the BALSAM hub use it. Each exchange is compared with the hub's description
 * where that can be found.
 */
class HubApiTest extends ApiTestBase {

  private static final String PROJECTS = "/api/v1/projects";
  private static final String WORKSPACES = "/api/v1/workspaces";
  private static final String NEW_PROJECT = "{\"name\":\"%s\",\"branchName\":\"main\"}";
  private static final String BRANCHES = PATH + "/branches";

  private static final List<String> SERVED =
      List.of(
          "CopyFromKnowleadgeLibrary put /projects/{}/branches/{}/files",
          "CreateBranch post /projects/{}/branches",
          "CreateProject post /projects",
          "CreateWorkspace post /workspaces",
          "DeleteBranch delete /projects/{}/branches/{}",
          "DeleteProject delete /projects/{}",
          "DeleteWorkspace delete /workspaces/{}",
          "GetFile get /projects/{}/branches/{}/files/{}",
          "GetFiles get /projects/{}/branches/{}/files",
          "GetKnowledgeLibraryFileContent get /knowledge-libraries/{}/files/{}",
          "GetProject get /projects/{}",
          "ListKnowledgeLibaries get /knowledge-libraries",
          "ListKnowledgeLibraryFiles get /knowledge-libraries/{}/files",
          "ListProjects get /projects",
          "ListTemplates get /templates",
          "ListWorkspaces get /workspaces");

  private static final @Nullable HubContract CONTRACT =
      HubContract.isThere() ? new HubContract() : null;

  @Autowired Forge forge;
  @Autowired ObjectStore store;
  @Autowired BucketNames buckets;
  @Autowired JdbcClient jdbc;

  /** Sends what the hub's description allows, and compares the answer with it. */
  private Reply hub(String person, String method, String path, @Nullable String json) {
    var reply = api.send(person, method, path, json);
    if (CONTRACT != null) {
      CONTRACT.check(method, path, json, reply);
    }
    return reply;
  }

  private JsonNode ok(String person, String method, String path, @Nullable String json) {
    var reply = hub(person, method, path, json);
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.text()).isEqualTo(200);
    return reply.text().isEmpty() ? ApiFixture.JSON.nullNode() : reply.json();
  }

  private Reply refused(String person, String method, String path, @Nullable String json, int as) {
    var reply = hub(person, method, path, json);
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.text()).isEqualTo(as);
    return reply;
  }

  private String branch(String name) {
    return ok("owner", "POST", BRANCHES, "{\"name\":\"" + name + "\"}").path("id").asText();
  }

  @Test
  void everyOperationIsServedByItsPathAndName() {
    assertThat(documented()).containsAll(SERVED);
  }

  @Test
  void nothingOfTheHubIsForgotten() {
    assumeTrue(HubContract.isThere(), "the hub's description is not at " + HubContract.FILE);
    assertThat(HubContract.operations())
        .extracting(name -> name.replaceAll("\\{\\w+}", "{}"))
        .containsExactlyInAnyOrderElementsOf(SERVED);
  }

  /** {@code GetProject get /projects/{}} and so on. */
  private Set<String> documented() {
    var found = new HashSet<String>();
    var paths = api.get("owner", "/v3/api-docs").json().path("paths");
    for (var path : paths.properties()) {
      var shown = path.getKey().replace("/api/v1", "").replaceAll("\\{\\w+}", "{}");
      for (var operation : path.getValue().properties()) {
        var id = operation.getValue().path("operationId").asText();
        found.add(id + " " + operation.getKey() + " " + shown);
      }
    }
    return found;
  }

  @Test
  void whatDoesNotConformIsFound() {
    assumeTrue(HubContract.isThere(), "the hub's description is not at " + HubContract.FILE);
    var contract = new HubContract();
    var complete = "{\"name\":\"a\",\"templateId\":\"b\",\"projectId\":\"c\",\"branchId\":\"d\"}";
    assertThat(contract.allows("POST", WORKSPACES, complete)).isTrue();
    assertThat(contract.allows("POST", WORKSPACES, complete.replace("name", "title"))).isFalse();
    assertThat(contract.allows("DELETE", WORKSPACES + "/x?projectId=p", null)).isFalse();
    assertThat(contract.allows("GET", WORKSPACES + "?all=perhaps", null)).isFalse();
    var projects = api.get("owner", PROJECTS);
    assertThatThrownBy(() -> contract.check("GET", "/api/v1/templates", null, projects))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> contract.check("GET", PATH, null, projects))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("branches");
  }

  @Test
  void aClientOfTheHubGetsAProjectABranchAndAWorkspace() {
    var request =
        "{\"name\":\"Ålands näringsliv\",\"description\":\"Prov\",\"branchName\":\"Huvudgren\","
            + "\"sourceLocation\":null}";
    var asked = ok(OUTSIDER, "POST", PROJECTS, request);
    var id = asked.path("id").asText();
    assertThat(id).isEqualTo("alands-naringsliv");
    assertThat(asked.path("authGroup").asText()).endsWith("/" + id);
    assertThat(projectOf(OUTSIDER, id).path("branches")).isEmpty();
    refused("subject", "GET", PROJECTS + "/" + id, null, 404);
    var early = PROJECTS + "/" + id + "/branches";
    assertThat(refused(OUTSIDER, "POST", early, "{\"name\":\"Too early\"}", 409).text())
        .contains("requested");
    approve(id, OUTSIDER);

    var ready = ok(OUTSIDER, "GET", PROJECTS + "/" + id, null);
    assertThat(ready.at("/branches/0/isDefault").asBoolean()).isTrue();
    assertThat(ready.path("gitUrl").asText())
        .matches("http://127[.]0[.]0[.]1:\\d+/git/" + id + "[.]git");
    var branches = PROJECTS + "/" + id + "/branches";
    var branch = ok(OUTSIDER, "POST", branches, "{\"name\":\"Första försöket\"}");
    assertThat(branch.path("id").asText()).isEqualTo("forsta-forsoket");
    assertThat(projectOf(OUTSIDER, id).path("branches").findValuesAsText("name"))
        .containsExactly("Huvudgren", "Första försöket");
    refused(OUTSIDER, "POST", branches, "{\"name\":\"huvudgren\"}", 409);
    ok(OUTSIDER, "POST", branches, "{\"name\":\"Också\",\"fromBranch\":\"Huvudgren\"}");
    ok(OUTSIDER, "DELETE", branches + "/ocksa", null);

    var made =
        ok(
            OUTSIDER,
            "POST",
            WORKSPACES,
            """
            {"name":"Min arbetsyta","templateId":"jupyter-small","projectId":"%s",
             "branchId":"forsta-forsoket"}"""
                .formatted(id));
    var workspace = made.path("id").asText();
    var mine = WORKSPACES + "?projectId=" + id + "&branchId=forsta-forsoket";
    await(() -> ok(OUTSIDER, "GET", mine, null).at("/0/state").asText().equals("active"));
    var listed = ok(OUTSIDER, "GET", mine, null).path(0);
    assertThat(listed.path("owner").asText()).isEqualTo(OUTSIDER);
    assertThat(listed.path("templateId").asText()).isEqualTo("jupyter-small");
    assertThat(listed.path("templateVersion").asText()).isEqualTo("1.0.0");
    assertThat(listed.path("templateDigest").asText())
        .matches("[0-9a-f]{64}")
        .isEqualTo(ok(OUTSIDER, "GET", "/api/v1/templates", null).at("/3/digest").asText());
    assertThat(ok(OUTSIDER, "GET", WORKSPACES + "?branchId=main", null)).isEmpty();
    assertThat(ok("auditor", "GET", WORKSPACES, null).findValuesAsText("id"))
        .doesNotContain(workspace);
    refused("auditor", "GET", mine, null, 404);

    var used = refused(OUTSIDER, "DELETE", branches + "/forsta-forsoket", null, 409);
    assertThat(used.text()).contains(workspace);
    refused(
        OUTSIDER,
        "DELETE",
        WORKSPACES + "/" + workspace + "?projectId=" + id + "&branchId=main",
        null,
        404);
    var path = WORKSPACES + "/" + workspace + mine.substring(WORKSPACES.length());
    await(() -> hub(OUTSIDER, "DELETE", path, null).status() == 200);
    await(() -> ok(OUTSIDER, "GET", mine, null).isEmpty());
    refused(OUTSIDER, "DELETE", path, null, 404);
    ok(OUTSIDER, "DELETE", branches + "/forsta-forsoket", null);
  }

  @Test
  void aWorkspaceThatWaitsForAnApprovalIsWithdrawn() {
    var made =
        ok(
            "subject",
            "POST",
            WORKSPACES,
            "{\"name\":\"Too dear\",\"templateId\":\"jupyter-large\",\"projectId\":\"%s\",\"branchId\":\"main\"}"
                .formatted(P));
    var exploration = made.path("exploration").asText();
    await(() -> taskOf("owner", exploration) != null);
    var path = WORKSPACES + "/" + made.path("id").asText() + "?projectId=" + P + "&branchId=main";
    refused("quality", "DELETE", path, null, 403);
    ok("subject", "DELETE", path, null);

    var view = PATH + "/explorations/" + exploration;
    await(() -> api.get("subject", view).json().path("state").asText().equals("withdrawn"));
    assertThat(api.get("subject", view).json().path("endReason").asText())
        .isEqualTo("withdrawn by subject");
    assertThat(taskOf("owner", exploration)).isNull();
    refused("subject", "DELETE", path, null, 404);
    assertThat(api.post("subject", view + "/end", null).status()).isEqualTo(204);
  }

  @Test
  void aWorkspaceBeginsAtTheTipOfItsBranch() {
    var project = new ProjectId(P);
    var id = branch("Begins here");
    var tip = forge.commit(project, "work/" + id, change("steps/new.sql", "select 1"));
    var body =
        "{\"name\":\"Look at it\",\"templateId\":\"jupyter-small\",\"projectId\":\"%s\",\"branchId\":\"%s\"}";
    var made = ok("subject", "POST", WORKSPACES, body.formatted(P, id));
    var exploration = PATH + "/explorations/" + made.path("exploration").asText();
    await(() -> api.get("subject", exploration).json().path("state").asText().equals("active"));
    assertThat(api.get("subject", exploration).json().path("commit").asText()).isEqualTo(tip);
    assertThat(ok("owner", "GET", WORKSPACES + "?all=false&branchId=" + id, null)).isEmpty();
    assertThat(ok("subject", "GET", WORKSPACES + "?all=false&branchId=" + id, null)).hasSize(1);
    var renewal = "{\"endDate\":\"2099-01-01\",\"reason\":\"More\"}";
    assertThat(api.post("owner", exploration + "/renew", renewal).where()).isEqualTo("/endDate");
    refused("steward", "POST", WORKSPACES, body.formatted(P, id), 403);
    refused(OUTSIDER, "POST", WORKSPACES, body.formatted(P, id), 404);
    refused("subject", "POST", WORKSPACES, body.formatted(P, "nowhere"), 404);
    var wrong = body.formatted(P, id).replace("jupyter-small", "jupyter-huge");
    assertThat(refused("subject", "POST", WORKSPACES, wrong, 400).text()).contains("jupyter-gpu");
    var larger = body.formatted(P, id).replace("}", ",\"hardware\":\"gpu\"}");
    assertThat(refused("subject", "POST", WORKSPACES, larger, 400).text())
        .contains("/hardware", "'gpu' is not allowed", "allows: small");
    var told = body.formatted(P, id).replace("}", ",\"parameters\":{\"port\":80}}");
    assertThat(refused("subject", "POST", WORKSPACES, told, 400).text())
        .contains("/parameters/port", "is not a parameter");
    // projectId is Balsam's own and not in the hub's description
    assertThat(api.get("steward", "/api/v1/templates?projectId=" + OTHER).status()).isEqualTo(404);
  }

  @Test
  void aBranchIsInGitAndInStorageAndGoesFromBoth() {
    var project = new ProjectId(P);
    var id = branch("In both");
    var bucket = buckets.of(project, "work");
    var marker = "branch/" + id + "/.branch";
    assertThat(forge.resolve(project, "work/" + id)).isEqualTo(forge.resolve(project, "main"));
    assertThat(store.find(bucket, marker)).isPresent();
    var version = store.find(bucket, marker).orElseThrow().versionId();

    refused("quality", "DELETE", BRANCHES + "/" + id, null, 403);
    refused("subject", "DELETE", BRANCHES + "/" + id, null, 403);
    refused(OUTSIDER, "DELETE", BRANCHES + "/" + id, null, 404);
    ok("owner", "DELETE", BRANCHES + "/" + id, null);
    refused("owner", "DELETE", BRANCHES + "/" + id, null, 404);
    assertThat(forge.resolve(project, "work/" + id)).isEmpty();
    assertThat(store.find(bucket, marker)).isEmpty();
    assertThat(store.find(bucket, marker, version)).as("versions stay").isPresent();
    assertThat(branch("In both")).isEqualTo(id);
  }

  @Test
  void filesAreListedAndRead() {
    var id = branch("With files");
    forge.commit(new ProjectId(P), "work/" + id, change("docs/å/läs mig.md", "hej"));
    var files = ok("auditor", "GET", BRANCHES + "/" + id + "/files", null);
    assertThat(files.findValuesAsText("path"))
        .contains("docs", "docs/å", "docs/å/läs mig.md", "balsam.yaml")
        .doesNotHaveDuplicates()
        .isSorted();
    for (var file : files) {
      var url = file.path("contentUrl").asText();
      assertThat(url.isEmpty()).isEqualTo(file.path("type").asText().equals("Folder"));
      if (file.path("name").asText().equals("läs mig.md")) {
        var read = hub("auditor", "GET", url.substring(url.indexOf("/api/")), null);
        assertThat(read.text()).isEqualTo("hej");
        assertThat(read.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(read.header("Content-Disposition")).startsWith("attachment");
        assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
      }
    }
    refused(OUTSIDER, "GET", BRANCHES + "/" + id + "/files", null, 404);
  }

  @Test
  void roundsAndTheDefaultBranchAreOutOfReach() {
    var project = new ProjectId(P);
    var round = forge.ensureBranch(project, "round/1931-q1-r0", "main");
    var refused = refused("owner", "DELETE", BRANCHES + "/main", null, 409);
    assertThat(refused.code()).isEqualTo("ref-protected");
    refused("owner", "DELETE", BRANCHES + "/round-1931-q1-r0", null, 404);
    refused("owner", "GET", BRANCHES + "/round-1931-q1-r0/files", null, 404);
    assertThat(api.send("owner", "DELETE", BRANCHES + "/round%2F1931-q1-r0", null).status())
        .isEqualTo(400);
    assertThat(branch("round/1931-q1-r0")).isEqualTo("round-1931-q1-r0");
    ok("owner", "DELETE", BRANCHES + "/round-1931-q1-r0", null);
    assertThat(forge.resolve(project, "round/1931-q1-r0")).contains(round);
    assertThat(refused("owner", "POST", BRANCHES, "{\"name\":\"main\"}", 409).code())
        .isEqualTo("already-exists");
  }

  @Test
  void projectsWhoseNamesBeginAlikeGetAnIdEach() throws Exception {
    var start = "Arbetsmarknadsstatistik för ";
    var first = project(start + "Norrland");
    assertThat(first).isEqualTo("arbetsmarknadsstatis");
    var again = start + "Svealand";
    var second = project(again, "Idempotency-Key", "svealand-1");
    assertThat(second).matches("arbetsmarknad-x[0-9a-f]{5}");
    assertThat(project(again, "Idempotency-Key", "svealand-1")).isEqualTo(second);
    for (var name : List.of(start + "Norrland", again)) {
      var taken = refused("owner", "POST", PROJECTS, NEW_PROJECT.formatted(name), 409);
      assertThat(taken.code()).isEqualTo("already-exists");
      assertThat(taken.text()).contains(name, "choose another name");
    }
    assertThat(project("Platform")).matches("platform-x[0-9a-f]{5}");

    var together = new HashSet<String>();
    var workers = Executors.newFixedThreadPool(6);
    try {
      List<Callable<String>> all =
          IntStream.range(0, 6)
              .mapToObj(
                  number ->
                      (Callable<String>) () -> project("Contested statistics of Sweden " + number))
              .toList();
      for (var made : workers.invokeAll(all)) {
        together.add(made.get());
      }
    } finally {
      workers.shutdownNow();
    }
    assertThat(together).hasSize(6).contains("contested-statistics");

    ok(OUTSIDER, "DELETE", PROJECTS + "/" + first, null);
    await(
        () ->
            !ok(OUTSIDER, "GET", PROJECTS + "/" + first, null)
                .path("state")
                .asText()
                .equals("requested"));
    assertThat(project(start + "Norrland")).as("free again").isEqualTo(first);
  }

  private String project(String name, String... headers) {
    var reply = api.post(OUTSIDER, PROJECTS, NEW_PROJECT.formatted(name), headers);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("id").asText();
  }

  @Test
  void branchesWhoseNamesGiveTheSameIdGetOneEach() {
    assertThat(branch("Gävle")).isEqualTo("gavle");
    var other = branch("gävle");
    assertThat(other).matches("gavle-[0-9a-f]{6}");
    for (var name : List.of("Gävle", "gävle")) {
      var taken = refused("owner", "POST", BRANCHES, "{\"name\":\"" + name + "\"}", 409);
      assertThat(taken.text()).contains("'" + name + "' exists; choose another name");
    }
    for (var name : List.of("MAIN", "../../main")) {
      var taken = refused("owner", "POST", BRANCHES, "{\"name\":\"" + name + "\"}", 409);
      assertThat(taken.text()).contains("'" + name + "' reads like the default branch");
    }
    ok("owner", "DELETE", BRANCHES + "/gavle", null);
    refused("owner", "POST", BRANCHES, "{\"name\":\"gävle\"}", 409);
    assertThat(branch("Gävle!")).isEqualTo("gavle");
    assertThat(projectOf("owner", P).path("branches").findValuesAsText("id"))
        .contains("gavle", other);
    assertThat(branch("a b c d e f g h i")).matches("a-b-c-d-e-f-g-[0-9a-f]{6}");
  }

  @Test
  void namesInEveryScriptStayApart() {
    var ids = new HashSet<String>();
    var names =
        List.of(
            "Åland",
            "Öland",
            "Élan à ß",
            "Ανάλυση 2",
            "Δοκιμή 2",
            "🎉",
            "🎈",
            "x".repeat(100),
            "x".repeat(99));
    for (var name : names) {
      var id = branch(name);
      assertThat(id).as(name).matches("[a-z0-9]+(-[a-z0-9]+)*").hasSizeLessThan(50);
      ids.add(id);
    }
    assertThat(ids).contains("aland", "oland", "elan-a-ss");
    assertThat(ids).hasSize(names.size());
  }

  @Test
  void whatSomebodyMadeWithGitIsNotTakenOver() {
    var project = new ProjectId(P);
    var tip = forge.ensureBranch(project, "work/by-hand", "main");
    assertThat(refused("owner", "POST", BRANCHES, "{\"name\":\"By hand\"}", 409).text())
        .contains("work/by-hand");
    refused("owner", "DELETE", BRANCHES + "/by-hand", null, 404);
    assertThat(forge.resolve(project, "work/by-hand")).contains(tip);
  }

  @Test
  void aBranchThatCannotBeMadeLeavesNothingBehind() {
    var project = new ProjectId(P);
    forge.ensureBranch(project, "work/clash/deeper", "main");
    refused("owner", "POST", BRANCHES, "{\"name\":\"Clash\"}", 409);
    assertThat(rows("clash")).isZero();
    assertThat(store.find(buckets.of(project, "work"), "branch/clash/.branch")).isEmpty();
    assertThat(forge.resolve(project, "work/clash/deeper")).isPresent();
    var from = "{\"name\":\"From\",\"fromBranch\":\"nowhere\"}";
    assertThat(refused("owner", "POST", BRANCHES, from, 404).text())
        .contains("has no branch 'nowhere'; fromBranch is the id of one of its branches");
    assertThat(rows("from")).isZero();
  }

  @Test
  void whatACrashLeftIsMadeOrRemovedByTheNextRequest() {
    var project = new ProjectId(P);
    for (var state : List.of("MAKING", "REMOVING")) {
      forge.ensureBranch(project, "work/crashed", "main");
      forge.commit(project, "work/crashed", change("half.txt", state));
      jdbc.sql(
              "insert into balsam.project_branch (project, id, name, description, state, made_by,"
                  + " made_at) values (?, 'crashed', 'Crashed', '', ?, 'owner', now())")
          .params(P, state)
          .update();
      refused("owner", "GET", BRANCHES + "/crashed/files", null, 404);
      assertThat(branch("Crashed")).isEqualTo("crashed");
      assertThat(forge.resolve(project, "work/crashed")).isEqualTo(forge.resolve(project, "main"));
      ok("owner", "DELETE", BRANCHES + "/crashed", null);
      assertThat(rows("crashed")).isZero();
    }
  }

  @Test
  void aProjectThatIsNotActiveIsTakenBackAndAnActiveOneIsNot() {
    var asked = ok(OUTSIDER, "POST", PROJECTS, "{\"name\":\"Απασχόληση\",\"branchName\":\"main\"}");
    var path = PROJECTS + "/" + asked.path("id").asText();
    refused("owner", "DELETE", path, null, 404);
    ok(OUTSIDER, "DELETE", path, null);
    await(() -> api.get(OUTSIDER, path).json().path("state").asText().equals("failed"));
    assertThat(api.get(OUTSIDER, path).json().path("reason").asText())
        .isEqualTo("taken back by %s over the API before it was ready".formatted(OUTSIDER));
    assertThat(projectOf(OUTSIDER, asked.path("id").asText()).isMissingNode()).isTrue();

    var round = startRound("owner", "1971-q1");
    assertThat(round.status()).as(round.text()).isEqualTo(201);
    assertThat(refused("owner", "DELETE", PATH, null, 409).text())
        .contains(
            "cannot be closed while work is open", "round " + round.json().path("id").asText());
    refused("subject", "DELETE", PATH, null, 403);
    refused(OUTSIDER, "DELETE", PATH, null, 404);
  }

  @Test
  void hostileRequestsAreRefusedWithTheirPlace() {
    var unreadable = "{\"name\":\"A project\",\"branchName\":\"a\\nb\"}";
    assertThat(refused(OUTSIDER, "POST", PROJECTS, unreadable, 400).where())
        .isEqualTo("/branchName");
    var tooLong = "{\"name\":\"A project\",\"branchName\":\"a\",\"description\":\"%s\"}";
    assertThat(
            refused(OUTSIDER, "POST", PROJECTS, tooLong.formatted("x".repeat(2001)), 400).where())
        .isEqualTo("/description");
    var workspace =
        "{\"name\":\"x\",\"templateId\":\"jupyter-small\",\"projectId\":\"%s\",\"branchId\":\"main\"}"
            .formatted(P);
    var tooShort = refused("owner", "POST", WORKSPACES, workspace, 400);
    assertThat(tooShort.where()).isEqualTo("/name");
    assertThat(tooShort.text()).contains("/name: is 3 to 60 characters");
    var late = workspace.replace("\"x\"", "\"Late\"").replace("}", ",\"endDate\":\"2099-01-01\"}");
    assertThat(api.post("owner", WORKSPACES, late).where()).isEqualTo("/endDate");
    assertThat(api.post("owner", WORKSPACES, late.replace("\"2099-01-01\"", "20990101")).where())
        .isEqualTo("/endDate");
    for (var value : List.of("5", "1.5", "true", "{}")) {
      var number = api.post("owner", BRANCHES, "{\"name\":" + value + "}");
      assertThat(number.status()).as(number.text()).isEqualTo(400);
      assertThat(number.where()).isEqualTo("/name");
      assertThat(number.text()).contains("a text stands in quotation marks");
    }
    var source =
        refused(
            OUTSIDER,
            "POST",
            PROJECTS,
            "{\"name\":\"A project\",\"branchName\":\"main\",\"sourceLocation\":\"file:///etc\"}",
            400);
    assertThat(source.where()).isEqualTo("/sourceLocation");
    assertThat(api.post(OUTSIDER, PROJECTS, "{\"name\":\"A project\"}").where()).isEqualTo("/id");
    for (var name : List.of("", "   ", "a\\nb", "a\\u202eb", "x".repeat(101))) {
      refused("owner", "POST", BRANCHES, "{\"name\":\"" + name + "\"}", 400);
    }
    for (var branch : List.of("..%2Fmain", "%2e%2e", "main%00", "main;x", "refs%5Cheads")) {
      assertThat(api.get("owner", BRANCHES + "/" + branch + "/files").status())
          .as(branch)
          .isIn(400, 404);
    }
    for (var file : List.of("../../etc/passwd", ".git/config", "/etc/passwd", "a\u0000b", "")) {
      var id = Base64.getUrlEncoder().withoutPadding().encodeToString(file.getBytes(UTF_8));
      assertThat(api.get("owner", BRANCHES + "/main/files/" + id).status())
          .as(file)
          .isIn(file.isEmpty() ? 404 : 400, 404);
    }
    assertThat(api.get("owner", BRANCHES + "/main/files/!!").status()).isEqualTo(404);
    assertThat(api.get("owner", WORKSPACES + "?projectId=..").status()).isEqualTo(400);
    assertThat(api.get("owner", WORKSPACES + "?all=perhaps").status()).isEqualTo(400);
    assertThat(api.send("owner", "DELETE", WORKSPACES + "/x", null).status()).isEqualTo(400);
  }

  @Test
  void listsAreThoseOfMyProjects() {
    assertThat(projectOf("auditor", P).path("name").asText()).isNotEmpty();
    assertThat(projectOf("auditor", OTHER).isMissingNode()).isTrue();
    assertThat(projectOf(ADMIN, OTHER).isMissingNode()).isFalse();
    assertThat(ok(ADMIN, "GET", PROJECTS + "?all=false", null).path("projects")).isEmpty();
    assertThat(ok("subject", "GET", "/api/v1/templates", null)).hasSize(4);
    assertThat(ok("auditor", "GET", "/api/v1/templates", null)).as("explores nothing").isEmpty();
    var here = "/api/v1/templates?projectId=" + P;
    assertThat(api.get("subject", here).json()).hasSize(4);
    assertThat(api.get("steward", here).json()).as("explores nothing").isEmpty();
    refused(OUTSIDER, "GET", WORKSPACES + "?projectId=" + P, null, 404);
    assertThat(api.send(null, "GET", WORKSPACES, null).status()).isEqualTo(401);
  }

  private JsonNode projectOf(String person, String id) {
    for (var project : ok(person, "GET", PROJECTS, null).path("projects")) {
      if (project.path("id").asText().equals(id)) {
        return project;
      }
    }
    return ApiFixture.JSON.missingNode();
  }

  private int rows(String branch) {
    return jdbc.sql("select count(*) from balsam.project_branch where project = ? and id = ?")
        .params(P, branch)
        .query(Integer.class)
        .single();
  }

  private static Forge.Change change(String path, String text) {
    return new Forge.Change(
        Map.of(path, text.getBytes(UTF_8)), "Try", new Forge.Author("T", "t@nsi.invalid"), false);
  }
}
