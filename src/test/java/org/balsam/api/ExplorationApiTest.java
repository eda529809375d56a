package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
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
    assertThat(view.path("branch").asText()).startsWith("lab/usubject/unusual-months-");
    var path = PATH + "/workspaces/" + view.path("workspace").asText();
    var workspace = api.get("owner", path).json();
    assertThat(workspace.path("user").asText()).isEqualTo("subject");
    assertThat(workspace.path("message").asText()).isNotBlank();
    assertThat(api.get("owner", PATH + "/workspaces").json().path("items")).hasSize(1);
    assertThat(api.post("owner", path + "/sign-in", null).status()).isEqualTo(403);
    assertThat(api.post("subject", path + "/sign-in", null).status()).isIn(200, 409);
    assertThat(api.get(OUTSIDER, path).status()).isEqualTo(404);
    assertThat(api.get("subject", exploration + "/archive").status()).isEqualTo(404);

    assertThat(api.post("methodology", exploration + "/end", null).status()).isEqualTo(403);
    var reason = "{\"reason\":\"lunch\"}";
    await(() -> api.post("subject", exploration + "/suspend", reason).status() == 204);
    await(() -> state(exploration).equals("suspended"));
    assertThat(api.get("subject", path).json().path("message").asText()).contains("lunch");
    await(() -> api.post("subject", exploration + "/end", null).status() == 204);
    var id = exploration.substring(exploration.lastIndexOf('/') + 1);
    await(() -> taskOf("subject", id) != null);
    var stopped =
        api.post(
            "subject",
            "/api/v1/tasks/" + taskOf("subject", id) + "/complete",
            "{\"variables\":{\"outcomeDecision\":\"stop\",\"outcomeReason\":\"nothing unusual\"}}");
    assertThat(stopped.status()).as(stopped.text()).isEqualTo(204);
    await(() -> state(exploration).equals("ended"));

    assertThat(api.get("subject", exploration).json().path("endReason").asText())
        .isEqualTo("nothing unusual");
    assertThat(api.get("subject", path).status()).isEqualTo(404);
    var archive = api.get("auditor", exploration + "/archive");
    assertThat(archive.status()).isEqualTo(200);
    assertThat(archive.response().body()).startsWith('P', 'K');
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
