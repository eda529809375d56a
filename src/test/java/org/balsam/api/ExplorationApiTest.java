package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Explorations and their workspaces over HTTP, with everything real behind it. */
class ExplorationApiTest extends ApiTestBase {

  private static final String EXPLORATIONS = PATH + "/explorations";

  private String request(String network) {
    return """
        {"title":"Unusual months","purpose":"Find months to explain","hardware":"small",
         "network":"%s","endDate":"%s"}"""
        .formatted(network, LocalDate.now(ZoneOffset.UTC).plusDays(30));
  }

  private String state(String exploration) {
    return api.get("subject", exploration).json().path("state").asText();
  }

  @Test
  void whatTheTemplateDoesNotAllowIsRefusedWithWhatItAllows() {
    var hardware = "\"hardware\":\"small\"";
    var body = request("offline");
    var other = body.replace(hardware, hardware + ",\"templateId\":\"jupyter-gpu\"");
    assertThat(api.post("subject", EXPLORATIONS, other).status()).isEqualTo(400);
    assertThat(api.post("subject", EXPLORATIONS, other).text())
        .contains("/hardware", "'small' is not allowed; the template 'jupyter-gpu' allows: gpu");
    var told = body.replace(hardware, hardware + ",\"parameters\":{\"port\":80}");
    assertThat(api.post("subject", EXPLORATIONS, told).text())
        .contains("/parameters/port", "is not a parameter; allowed: []");
    var none = body.replace(hardware + ",", "");
    assertThat(api.post("subject", EXPLORATIONS, none).text())
        .contains("/templateId", "is missing; needed: this, or hardware");
    assertThat(api.get(ADMIN, "/api/v1/templates/refused").json()).isEmpty();
  }

  @Test
  void oneIsAskedForUsedSuspendedAndStopped() {
    var asked = api.post("subject", EXPLORATIONS, request("offline"), Creation.HEADER, "explore-1");
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    var exploration = asked.header("Location");
    assertThat(
            api.post("subject", EXPLORATIONS, request("offline"), Creation.HEADER, "explore-1")
                .header("Location"))
        .isEqualTo(exploration);
    await(() -> state(exploration).equals("active"));

    var view = api.get("auditor", exploration).json();
    assertThat(view.path("template").asText()).isEqualTo("jupyter-small");
    assertThat(view.path("templateVersion").asText()).isEqualTo("1.0.0");
    assertThat(view.path("templateDigest").asText()).matches("[0-9a-f]{64}");
    assertThat(view.path("branch").asText()).startsWith("lab/usubject/unusual-months-");
    var path = PATH + "/workspaces/" + view.path("workspace").asText();
    var workspace = api.get("owner", path).json();
    assertThat(workspace.path("user").asText()).isEqualTo("subject");
    assertThat(workspace.path("message").asText()).isNotBlank();
    assertThat(api.get("owner", PATH + "/workspaces").json().path("items"))
        .anySatisfy(one -> assertThat(one.path("id")).isEqualTo(view.path("workspace")));
    assertThat(api.post("owner", path + "/sign-in", null).status()).isEqualTo(403);
    assertThat(api.post("subject", path + "/sign-in", null).status()).isIn(200, 409);
    assertThat(api.get(OUTSIDER, path).status()).isEqualTo(404);
    assertThat(api.get("subject", exploration + "/archive").status()).isEqualTo(404);

    assertThat(api.post("methodology", exploration + "/end", null).status()).isEqualTo(403);
    var reason = "{\"reason\":\"lunch\"}";
    await(() -> api.post("subject", exploration + "/suspend", reason).status() == 204);
    await(() -> state(exploration).equals("suspended"));
    var again = api.post("subject", exploration + "/suspend", reason);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text()).contains("is suspended; this is possible while it is active");
    var silent = api.post("subject", exploration + "/suspend", null);
    assertThat(silent.status()).isEqualTo(400);
    assertThat(silent.text()).contains("the body is missing or is not JSON");
    assertThat(api.get("subject", path).json().path("message").asText()).contains("lunch");
    stop(exploration);

    assertThat(api.get("subject", exploration).json().path("endReason").asText())
        .isEqualTo("nothing unusual");
    assertThat(api.get("subject", path).status()).isEqualTo(404);
    var archive = api.get("auditor", exploration + "/archive");
    assertThat(archive.status()).isEqualTo(200);
    assertThat(archive.response().body()).startsWith('P', 'K');
  }

  @Test
  void aWorkspaceIsSharedWithMembersWhoExploreAndTakenBack() {
    var exploration =
        api.post("subject", EXPLORATIONS, request("offline"), Creation.HEADER, "shared-1")
            .header("Location");
    await(() -> state(exploration).equals("active"));
    var path =
        PATH + "/workspaces/" + api.get("subject", exploration).json().path("workspace").asText();
    var share = path + "/shares/methodology";
    assertThat(api.post("methodology", path + "/sign-in", null).status()).isEqualTo(403);
    assertThat(api.send("owner", "PUT", share, null).status()).isEqualTo(403);
    assertThat(api.send("methodology", "PUT", share, null).status()).isEqualTo(403);
    assertThat(api.send(OUTSIDER, "PUT", share, null).status()).isEqualTo(404);
    for (var unfit : List.of("subject", "steward", "auditor", OUTSIDER, "nobody", "a%0Ab")) {
      var refused = api.send("subject", "PUT", path + "/shares/" + unfit, null);
      assertThat(refused.status()).as(unfit + refused.text()).isEqualTo(400);
    }
    assertThat(api.get("subject", path).json().path("sharedWith")).isEmpty();

    assertThat(api.send("subject", "PUT", share, null).status()).isEqualTo(204);
    assertThat(api.send("subject", "PUT", share, null).status()).isEqualTo(204);
    assertThat(api.get("auditor", path).json().path("sharedWith").toString())
        .isEqualTo("[\"methodology\"]");
    assertThat(api.get("auditor", PATH + "/workspaces").json().path("items"))
        .anySatisfy(one -> assertThat(one.path("sharedWith")).hasSize(1));
    assertThat(api.post("methodology", path + "/sign-in", null).status()).isIn(200, 409);
    assertThat(api.post("production", path + "/sign-in", null).status()).isEqualTo(403);
    assertThat(api.post("methodology", exploration + "/suspend", "{\"reason\":\"x\"}").status())
        .isEqualTo(403);

    assertThat(api.send("production", "DELETE", share, null).status()).isEqualTo(403);
    assertThat(api.send("owner", "DELETE", share, null).status()).isEqualTo(204);
    assertThat(api.send("owner", "DELETE", share, null).status()).isEqualTo(404);
    assertThat(api.post("methodology", path + "/sign-in", null).status()).isEqualTo(403);
    assertThat(api.send("subject", "PUT", share, null).status()).isEqualTo(204);
    assertThat(api.send("methodology", "DELETE", share, null).status()).isEqualTo(204);
    var id = exploration.substring(exploration.lastIndexOf('/') + 1);
    var told = api.get("auditor", "/api/v1/audit/events?project=" + P + "&limit=200").text();
    assertThat(told).contains(id, "workspace.shared", "workspace.share-ended");
    stop(exploration);
  }

  private void stop(String exploration) {
    await(() -> api.post("subject", exploration + "/end", null).status() == 204);
    var id = exploration.substring(exploration.lastIndexOf('/') + 1);
    await(() -> taskOf("subject", id) != null);
    assertThat(api.get("auditor", exploration + "/awaited").json().findValuesAsText("activity"))
        .containsExactly("userTask_decideOutcome");
    var stopped =
        api.post(
            "subject",
            "/api/v1/tasks/" + taskOf("subject", id) + "/complete",
            "{\"variables\":{\"outcomeDecision\":\"stop\",\"outcomeReason\":\"nothing unusual\"}}");
    assertThat(stopped.status()).as(stopped.text()).isEqualTo(204);
    await(() -> state(exploration).equals("ended"));
  }

  @Test
  void administratorsRaiseTheQuotaAndMembersSeeHowItStands() {
    var path = PATH + "/workspace-quota";
    var before = api.get("auditor", path).json();
    assertThat(before.path("workspaces").asInt()).isNotNegative();
    assertThat(api.get(OUTSIDER, path).status()).isEqualTo(404);
    for (var wrong :
        List.of(
            "{\"workspaces\":0,\"gpus\":1}",
            "{\"workspaces\":1001,\"gpus\":1}",
            "{\"workspaces\":5,\"gpus\":-1}",
            "{\"workspaces\":5}")) {
      assertThat(api.send(ADMIN, "PUT", path, wrong).status()).as(wrong).isEqualTo(400);
      assertThat(api.send("owner", "PUT", path, wrong).status()).as(wrong).isEqualTo(403);
    }
    var half = api.send(ADMIN, "PUT", path, "{\"gpus\":1}");
    assertThat(half.where()).isEqualTo("/workspaces");
    assertThat(half.text()).contains("give both, workspaces and gpus, or neither");
    assertThat(api.send("owner", "PUT", path, "{\"workspaces\":9,\"gpus\":2}").status())
        .isEqualTo(403);
    assertThat(api.get("owner", path).json()).isEqualTo(before);
    var set = api.send(ADMIN, "PUT", path, "{\"workspaces\":90,\"gpus\":2}");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(set.json().path("workspaceQuota").asInt()).isEqualTo(90);
    assertThat(api.get("owner", path).json().path("gpuQuota").asInt()).isEqualTo(2);
    assertThat(api.send(ADMIN, "PUT", path, "{}").json().path("workspaceQuota").asInt())
        .isEqualTo(5);
    assertThat(api.get("auditor", "/api/v1/audit/events?project=" + P + "&limit=200").text())
        .contains("project.workspace-quota-set");
  }

  @Test
  void confidentialDataOnTheInternetAreRefusedWithTheReason() {
    var asked = api.post("subject", EXPLORATIONS, request("internet"));
    await(() -> state(asked.header("Location")).equals("refused"));

    assertThat(api.get("subject", asked.header("Location")).json().path("endReason").asText())
        .contains("Confidential data may not be used where the internet can be reached");
  }

  @Test
  void badRequestsNameWhatIsWrong() {
    var network = api.post("subject", EXPLORATIONS, request("wifi"));
    assertThat(network.status()).isEqualTo(400);
    assertThat(network.where()).isEqualTo("/network");
    var late =
        api.post(
            "subject", EXPLORATIONS, request("offline").replaceAll("\\d{4}-\\d\\d", "2096-01"));
    assertThat(late.status()).isEqualTo(400);
    assertThat(late.text()).contains("is not allowed; allowed is");
    assertThat(api.post("steward", EXPLORATIONS, request("offline")).status()).isEqualTo(403);
    assertThat(api.get("subject", EXPLORATIONS + "/emp-other-explore-a1b2c3").status())
        .isEqualTo(404);
  }
}
