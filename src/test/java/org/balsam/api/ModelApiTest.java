package org.balsam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.balsam.usecase.model.RollbackId;
import org.junit.jupiter.api.Test;

/** Models and their roll-back over HTTP, with real registry, engine and repository. */
class ModelApiTest extends ModelTestBase {

  @Test
  void membersReadModelsVersionsFilesAndCards() {
    var model = api.get("auditor", path).json();
    assertThat(model.at("/aliases/champion").asText()).isEqualTo(name + "@1.0.1");
    assertThat(model.at("/aliases/archived").asText()).isEqualTo(name + "@1.0.0");
    assertThat(model.at("/rollbackTarget").asText()).isEqualTo(name + "@1.0.0");
    assertThat(api.get("auditor", path + "/versions?limit=1").json().at("/items/0/id").asText())
        .isEqualTo(name + "@1.0.1");
    assertThat(api.get("auditor", path + "/history").json().findValuesAsText("kind"))
        .containsExactly("promoted", "registered", "promoted", "registered");
    var version = api.get("auditor", path + "/versions/1.0.1").json();
    assertThat(version.at("/alias").asText()).isEqualTo("champion");
    assertThat(version.at("/files/0/name").asText()).isEqualTo("model.onnx");
    assertThat(api.get("auditor", path + "/versions/1.0.1/files/model.onnx").text())
        .isEqualTo("weights 1" + P);
    assertThat(api.get("auditor", path + "/versions/1.0.0/evidence/gate.json").text())
        .isEqualTo("{\"n\":0}");
    assertThat(api.get("auditor", path + "/versions/1.0.0/card").json().at("/limits/0").asText())
        .isEqualTo("rare *classes*");
    var markdown = card("1.0.0", "text/markdown");
    assertThat(markdown.text())
        .startsWith("# Model card of " + name + "@1.0.0")
        .contains("## purpose\n\nFind \\<b\\>damage\\</b\\>\n", "- rare \\*classes\\*\n");
    assertThat(events("model.read")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void whatIsNotThereOrForeignIsNotFound() {
    for (var missing :
        List.of(
            "/versions/9.0.0",
            "/versions/1.0.0/files/model.pkl",
            "/versions/1.0.0/evidence/model.onnx",
            "/versions/9.0.0/card",
            "/rollbacks/" + P + "-rollback-000000")) {
      assertThat(api.get("owner", path + missing).status()).as(missing).isEqualTo(404);
    }
    assertThat(api.get("owner", PATH + "/models/unheard").status()).isEqualTo(404);
    assertThat(api.get("owner", path + "/versions/latest").status()).isEqualTo(400);
    var foreign = path.replace(P, OTHER);
    assertThat(api.get(OUTSIDER, foreign).status()).isEqualTo(404);
    assertThat(api.get(OUTSIDER, foreign + "/versions/1.0.0/files/model.onnx").status())
        .isEqualTo(404);
    assertThat(api.get(OUTSIDER, path + "/versions/1.0.0/files/model.onnx").status())
        .isEqualTo(404);
  }

  @Test
  void anApprovedRollbackMovesAliasAndEnvironmentFile() {
    assertThat(rollback("quality", "{\"reason\":\" \"}").status()).isEqualTo(422);
    var asked = rollback("quality", "{\"reason\":\"recall fell\"}");
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    var id = asked.json().path("id").asText();
    assertThat(asked.json().path("state").asText()).isEqualTo("requested");
    assertThat(rollback("quality", "{\"reason\":\"again\"}").json().path("code").asText())
        .isEqualTo("already-exists");
    saysToEverybodyWhomItWaitsFor(path + "/rollbacks/" + id);
    complete("owner", id, "\"rollbackDecision\":\"approve\"");
    awaitState(id, "completed");

    assertThat(champion()).isEqualTo(name + "@1.0.0");
    var view = api.get("auditor", path + "/rollbacks/" + id).json();
    assertThat(view.at("/decision/by").asText()).isEqualTo("owner");
    assertThat(view.path("requestedBy").asText()).isEqualTo("quality");
    var main = forge.resolve(PROJECT, "main").orElseThrow();
    var file = forge.read(PROJECT, main, "environments/production/" + name + ".yaml").orElseThrow();
    assertThat(new String(file, UTF_8)).contains("model: " + name, "version: 1.0.0");
    assertThat(forge.resolve(PROJECT, "mdl/" + name + "/v1.0.0")).contains(main);
    assertThat(api.get("auditor", path + "/history").json().at("/items/0/kind").asText())
        .isEqualTo("rolled-back");
    assertThat(rollback("quality", "{\"reason\":\"more\"}").text()).contains("name a target");
    listsRollbacks(id);
  }

  /** The auditor has no task there. */
  private void saysToEverybodyWhomItWaitsFor(String rollback) {
    await(() -> !api.get("auditor", rollback + "/awaited").json().isEmpty());
    var awaited = api.get("auditor", rollback + "/awaited").json();
    assertThat(awaited).hasSize(1);
    assertThat(awaited.at("/0/activity").asText()).isEqualTo("userTask_approveRollback");
    assertThat(awaited.at("/0/candidates").toString()).contains(P + "/owner");
    var other = rollback.replace("/models/" + name, "/models/unheard");
    assertThat(api.get("auditor", other + "/awaited").status()).isEqualTo(404);
  }

  /** Latest first, page by page; for members only. */
  private void listsRollbacks(String first) {
    var back = "{\"reason\":\"it was right\",\"target\":\"" + name + "@1.0.1\"}";
    var second = rollback("quality", back).json().path("id").asText();
    complete("owner", second, "\"rollbackDecision\":\"reject\",\"rollbackReason\":\"not yet\"");
    awaitState(second, "rejected");
    var newest = api.get("auditor", path + "/rollbacks?limit=1").json();
    assertThat(newest.at("/items").findValuesAsText("id")).containsExactly(second);
    assertThat(newest.at("/items/0/decision/reason").asText()).isEqualTo("not yet");
    var next = path + "/rollbacks?limit=1&cursor=" + newest.path("next").asText();
    var last = api.get("auditor", next).json();
    assertThat(last.at("/items").findValuesAsText("id")).containsExactly(first);
    assertThat(last.has("next")).isFalse();
    assertThat(api.get("auditor", path + "/rollbacks?cursor=x").status()).isEqualTo(400);
    assertThat(api.get("auditor", PATH + "/models/unheard/rollbacks").status()).isEqualTo(404);
    assertThat(api.get(OUTSIDER, path + "/rollbacks").status()).isEqualTo(404);
  }

  @Test
  void anEmergencyIsInForceUntilItIsTakenBack() {
    assertThat(rollback("subject", "{\"reason\":\"alarm\",\"emergency\":true}").status())
        .isEqualTo(403);
    var asked = rollback("production", "{\"reason\":\"alarm\",\"emergency\":true}");
    var id = asked.json().path("id").asText();
    awaitState(id, "in-force");
    assertThat(champion()).isEqualTo(name + "@1.0.0");
    complete("owner", id, "\"emergencyDecision\":\"refuse\",\"emergencyReason\":\"it was a test\"");
    awaitState(id, "disputed");
    assertThat(champion()).isEqualTo(name + "@1.0.0");
    complete("quality", id, "\"disputeDecision\":\"restore\",\"disputeReason\":\"no alarm\"");
    awaitState(id, "restored");
    await(() -> fileSays("1.0.1"));
    assertThat(champion()).isEqualTo(name + "@1.0.1");
    var view = api.get("owner", path + "/rollbacks/" + id).json();
    assertThat(view.at("/decision").toString()).contains("refuse", "owner", "it was a test");
    assertThat(view.at("/settlement").toString()).contains("restore", "quality", "no alarm");
  }

  @Test
  void whoAskedIsRefusedAndTheRefusalIsKept() {
    var asked = rollback("owner", "{\"reason\":\"recall fell\"}");
    var id = asked.json().path("id").asText();
    await(() -> taskOf("owner", id) != null);
    var refused =
        api.post(
            "owner",
            "/api/v1/tasks/" + taskOf("owner", id) + "/complete",
            "{\"variables\":{\"rollbackDecision\":\"approve\"}}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("separation-of-duties");
    assertThat(champion()).isEqualTo(name + "@1.0.1");
    assertThat(RollbackId.parse(id).project()).isEqualTo(PROJECT);
  }

  @Test
  void aTargetThatNeverWasChampionIsRefused() {
    var third = candidate(PROJECT, 2);
    var refused = rollback("owner", "{\"reason\":\"x\",\"target\":\"" + third.id() + "\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("never was champion");
    assertThat(rollback("owner", "{\"reason\":\"x\",\"target\":\"other@1.0.0\"}").status())
        .isEqualTo(404);
    assertThat(rollback("auditor", "{\"reason\":\"x\"}").status()).isEqualTo(403);
  }
}
