package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ProjectApiTest extends ApiTestBase {

  private static final String PLATFORM = "/api/v1/platform";

  @Test
  void saysWhoIAmWithMyRoles() {
    var me = api.get("quality", "/api/v1/me");
    assertThat(me.status()).isEqualTo(200);
    assertThat(me.json().path("id").asText()).isEqualTo("quality");
    assertThat(me.json().path("administrator").asBoolean()).isFalse();
    assertThat(me.json().path("projects"))
        .filteredOn(project -> project.path("project").asText().equals(P))
        .singleElement()
        .satisfies(project -> assertThat(project.at("/roles/0").asText()).isEqualTo("quality"));
    assertThat(me.json().path("projects").findValuesAsText("project")).doesNotContain(OTHER);
  }

  @Test
  void namesTheActiveAdaptersAndWhetherTheyWork() {
    assertThat(api.post(OUTSIDER, PLATFORM + "/checks", "{}").status()).isEqualTo(403);
    var checked = api.post(ADMIN, PLATFORM + "/checks", "{}");
    assertThat(checked.status()).as(checked.text()).isEqualTo(200);
    assertThat(checked.json().path("status").asText()).as(checked.text()).isEqualTo("UP");
    assertThat(checked.json().path("adapters"))
        .hasSize(7)
        .allSatisfy(
            adapter -> {
              assertThat(adapter.path("state").asText()).as(adapter.toString()).isEqualTo("up");
              assertThat(adapter.path("target").asText()).isNotEmpty();
              assertThat(adapter.hasNonNull("checkedAt")).isTrue();
            });
    var seen = api.get(OUTSIDER, PLATFORM).json();
    assertThat(seen.path("adapters").findValuesAsText("port"))
        .containsExactly(
            "compute", "database", "forge", "identity", "messaging", "registry", "storage");
    assertThat(seen.toString()).contains("filesystem").doesNotContain("target", "jdbc", "/objects");
  }

  @Test
  void listsTemplatesToStartFrom() {
    var templates = api.get(OUTSIDER, "/api/v1/project-templates").json();
    assertThat(templates.path("items").findValuesAsText("id")).contains("statistical-production");
  }

  @Test
  void showsNoticesToMyRoles() {
    assertThat(api.get("owner", "/api/v1/inbox").status()).isEqualTo(200);
    await(() -> api.get("owner", "/api/v1/inbox").text().contains(P + "/active"));
    assertThat(api.get(OUTSIDER, "/api/v1/inbox").text()).doesNotContain(P);
  }

  @Test
  void listsOnlyTheProjectsThatIMayKnow() {
    var known =
        projectsOf(ADMIN).stream()
            .filter(id -> api.get("auditor", "/api/v1/projects/" + id).status() == 200)
            .toList();
    assertThat(known).contains(P).doesNotContain(OTHER);
    assertThat(projectsOf("auditor")).containsExactlyInAnyOrderElementsOf(known);
    assertThat(projectsOf(ADMIN)).contains(P, OTHER);
    assertThat(projectsOf(OUTSIDER)).contains(OTHER).doesNotContain(P);
  }

  @Test
  void saysWhatOwnersAreCalled() {
    var listed = api.get("auditor", "/api/v1/projects?limit=200").json().path("items");
    assertThat(listed)
        .isNotEmpty()
        .allSatisfy(
            project ->
                assertThat(project.path("ownerName").asText())
                    .isEqualTo("The " + project.path("owner").asText()));
    assertThat(api.get("auditor", PATH).json().path("ownerName").asText()).isEqualTo("The owner");
    assertThat(api.get("auditor", "/api/v1/projects").json().at("/projects/0").has("ownerName"))
        .as("for clients of the hub, which know no such field")
        .isFalse();
  }

  @Test
  void cutsListsIntoPages() {
    var first = api.get(ADMIN, "/api/v1/projects?limit=1").json();
    assertThat(first.path("items")).hasSize(1);
    var second = api.get(ADMIN, "/api/v1/projects?limit=1&cursor=" + first.path("next").asText());
    assertThat(second.json().at("/items/0/id").asText())
        .isGreaterThan(first.at("/items/0/id").asText());
    assertThat(api.get(ADMIN, "/api/v1/projects?limit=201").status()).isEqualTo(400);
    assertThat(api.get(ADMIN, "/api/v1/projects?limit=many").where()).isEqualTo("limit");
    assertThat(api.get(ADMIN, "/api/v1/projects?cursor=../x").status()).isEqualTo(400);
  }

  @Test
  void repeatsACreationWithTheSameKeyWithoutCreatingMore() {
    var body = newProject("emp-once");
    var first = api.post(OUTSIDER, "/api/v1/projects", body, "Idempotency-Key", "k-1");
    var again = api.post(OUTSIDER, "/api/v1/projects", body, "Idempotency-Key", "k-1");
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(first.header("Location")).isEqualTo("/api/v1/projects/emp-once");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));

    var other =
        api.post(OUTSIDER, "/api/v1/projects", newProject("emp-twice"), "Idempotency-Key", "k-1");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("idempotency-key-reused");
    assertThat(api.get(OUTSIDER, "/api/v1/projects/emp-twice").status()).isEqualTo(404);

    var somebodyElse = api.post("owner", "/api/v1/projects", body, "Idempotency-Key", "k-1");
    assertThat(somebodyElse.status()).as("keys are personal").isEqualTo(409);
    var withoutKey = api.post(OUTSIDER, "/api/v1/projects", body);
    assertThat(withoutKey.status()).isEqualTo(409);
    assertThat(withoutKey.code()).isEqualTo("already-exists");
  }

  @Test
  void oneOfManyWhoAskForANameAtOnceGetsIt() throws Exception {
    var name = "{\"name\":\"Asked for at once\",\"branchName\":\"main\"}";
    var together = new CyclicBarrier(6);
    var threads = Executors.newFixedThreadPool(6);
    try {
      var replies = new ArrayList<Future<Integer>>();
      for (var number = 0; number < 6; number++) {
        replies.add(
            threads.submit(
                () -> {
                  together.await();
                  return api.post(OUTSIDER, "/api/v1/projects", name).status();
                }));
      }
      var statuses = new ArrayList<Integer>();
      for (var reply : replies) {
        statuses.add(reply.get());
      }
      assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409, 409, 409);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesHostileProjectNames() {
    for (var id : new String[] {"../x", "Å", "a", "admin", "x/y", "emp..x"}) {
      var refused = api.post(OUTSIDER, "/api/v1/projects", newProject(id));
      assertThat(refused.status()).as(id).isEqualTo(400);
      assertThat(refused.where()).isEqualTo("/id");
    }
    assertThat(api.get(OUTSIDER, "/api/v1/projects/..%2fx").status()).isEqualTo(400);
    assertThat(api.get(OUTSIDER, "/api/v1/projects/Emp-Secret").status()).isEqualTo(400);
  }

  @Test
  void changesAProjectOnlyForTheVersionThatWasRead() {
    var read = api.get("owner", PATH);
    var tag = read.header("ETag");
    assertThat(tag).matches("\"\\d+\"");
    var change = "{\"purpose\":\"Quarterly and yearly figures\"}";

    assertThat(api.send("owner", "PATCH", PATH, change).status()).isEqualTo(428);
    assertThat(api.send("owner", "PATCH", PATH, change, "If-Match", "x").status()).isEqualTo(400);
    assertThat(api.send("quality", "PATCH", PATH, change, "If-Match", tag).status()).isEqualTo(403);
    assertThat(api.send(OUTSIDER, "PATCH", PATH, change, "If-Match", tag).status()).isEqualTo(404);

    var changed = api.send("owner", "PATCH", PATH, change, "If-Match", tag);
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.json().path("purpose").asText()).isEqualTo("Quarterly and yearly figures");
    assertThat(changed.header("ETag")).isNotEqualTo(tag);
    var stale = api.send("owner", "PATCH", PATH, change, "If-Match", tag);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.code()).isEqualTo("stale");
  }

  @Test
  void closingNeedsAReasonAndItsStateIsForThePeopleOfTheProject() {
    var close = PATH + "/close";
    assertThat(api.post("owner", close, "{}").status()).isEqualTo(400);
    assertThat(api.post("owner", close, "{\"reason\":\"\"}").status()).isEqualTo(400);
    assertThat(api.post("quality", close, "{\"reason\":\"x\"}").status()).isEqualTo(403);
    assertThat(api.post(OUTSIDER, close, "{\"reason\":\"x\"}").status()).isEqualTo(404);
    assertThat(api.get(OUTSIDER, PATH + "/closure").status()).isEqualTo(404);
    assertThat(api.get("owner", PATH + "/closure/files").status()).isEqualTo(404);
    var none = api.post("owner", PATH + "/closure/give-up", "{\"reason\":\"x\"}");
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.code()).isEqualTo("wrong-state");
  }

  @Test
  void givesAndTakesRoles() {
    person("helper");
    var path = PATH + "/members/helper";
    var given = api.send("owner", "PUT", path, "{\"roles\":[\"subject\",\"quality\"]}");
    assertThat(given.status()).as(given.text()).isEqualTo(200);
    var members = api.get("auditor", PATH + "/members?limit=200").json();
    assertThat(members.path("items").findValuesAsText("person")).contains("helper").isSorted();
    assertThat(api.get("helper", PATH).status()).isEqualTo(200);

    assertThat(api.send("owner", "PUT", path, "{\"roles\":[]}").status()).isEqualTo(400);
    var unknown = api.send("owner", "PUT", path, "{\"roles\":[\"king\"]}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.where()).isEqualTo("/roles/0");
    assertThat(api.send("subject", "PUT", path, "{\"roles\":[\"owner\"]}").status()).isEqualTo(403);
    assertThat(
            api.send("owner", "PUT", PATH + "/members/nobody", "{\"roles\":[\"owner\"]}").status())
        .isEqualTo(404);
    var lastOwner = api.send("owner", "DELETE", PATH + "/members/owner", null);
    assertThat(lastOwner.status()).isEqualTo(409);

    assertThat(api.send("owner", "DELETE", path, null).status()).isEqualTo(204);
    assertThat(api.get("helper", PATH).status()).isEqualTo(404);
  }

  private java.util.List<String> projectsOf(String person) {
    var ids = new java.util.ArrayList<String>();
    api.get(person, "/api/v1/projects?limit=200")
        .json()
        .path("items")
        .forEach(project -> ids.add(project.path("id").asText()));
    return ids;
  }
}
