package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class AuditApiTest extends ApiTestBase {

  @Test
  void findsEventsOfMyProjectsOnly() {
    startRound("owner", "1991-q1");
    var subject = "emp-secret-1991-q1-r0";
    var found = api.get("auditor", "/api/v1/audit/events?subject=" + subject).json().path("items");
    assertThat(found.findValuesAsText("project")).isNotEmpty().containsOnly(P);
    assertThat(found.findValuesAsText("action")).contains("round.requested");
    assertThat(api.get(OUTSIDER, "/api/v1/audit/events?subject=" + subject).json().path("items"))
        .isEmpty();
    assertThat(api.get(OUTSIDER, "/api/v1/audit/events?project=" + P).status()).isEqualTo(404);
    assertThat(api.get(ADMIN, "/api/v1/audit/events?subject=" + subject).json().path("items"))
        .isNotEmpty();

    var narrowed =
        api.get(
                "auditor",
                "/api/v1/audit/events?action=round.requested&actor=owner&from=2020-01-01T00:00:00Z"
                    + "&to=2100-01-01T00:00:00Z&project="
                    + P)
            .json()
            .path("items");
    assertThat(narrowed.findValuesAsText("action")).isNotEmpty().containsOnly("round.requested");
    assertThat(narrowed.findValuesAsText("actor")).containsOnly("owner");
    assertThat(narrowed.get(0).path("details").isObject()).isTrue();
    var alike =
        api.get("auditor", "/api/v1/audit/events?action=round.*&limit=200&project=" + P)
            .json()
            .findValuesAsText("action");
    assertThat(alike).contains("round.requested").allMatch(action -> action.startsWith("round."));
    assertThat(api.get("auditor", "/api/v1/audit/events?action=roun.*").json().path("items"))
        .isEmpty();
    assertThat(
            api.get("auditor", "/api/v1/audit/events?to=2000-01-01T00:00:00Z").json().path("items"))
        .isEmpty();
  }

  @Test
  void provesEvents() {
    startRound("owner", "1991-q2");
    var events = "/api/v1/audit/events";
    var id =
        api.get("auditor", events + "?subject=emp-secret-1991-q2-r0")
            .json()
            .at("/items/0/id")
            .asText();
    await(() -> api.get("auditor", events + "/" + id + "/proof").status() == 200);
    var proof = api.get("auditor", events + "/" + id + "/proof").json();
    assertThat(proof.path("leaf").asText()).contains(id);
    assertThat(proof.path("checkpoint").asText()).contains("\n\n— ");
    assertThat(api.get("auditor", events + "/" + id).json().path("id").asText()).isEqualTo(id);
    for (var suffix : new String[] {"", "/proof"}) {
      var foreign = api.get(OUTSIDER, events + "/" + id + suffix);
      var unknown = api.get(OUTSIDER, events + "/00000000-0000-7000-8000-000000000000" + suffix);
      assertThat(foreign.status()).isEqualTo(404);
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(foreign.text().replace(id, "")).doesNotContain(P);
    }
  }

  @Test
  void servesCheckpointsAndConsistency() {
    await(() -> api.get("auditor", "/api/v1/audit/checkpoints").status() == 200);
    var newest = api.get("auditor", "/api/v1/audit/checkpoints").json();
    assertThat(newest.path("publicKey").asText()).contains("+");
    var size = newest.path("note").asText().split("\n")[1];
    var same = api.get("auditor", "/api/v1/audit/checkpoints/" + size);
    assertThat(same.json().path("note")).isEqualTo(newest.path("note"));
    var consistency =
        api.get("auditor", "/api/v1/audit/checkpoints/" + size + "/consistency?from=1").json();
    assertThat(consistency.path("to").asText()).isEqualTo(size);
    assertThat(consistency.path("path")).isNotEmpty();
  }

  @Test
  void exportsAProjectToItsAuditorsAndOwnersAndEverythingToAdministrators() throws IOException {
    var one = "/api/v1/audit/export?project=" + P;
    for (var person : new String[] {"auditor", "owner", ADMIN}) {
      var bundle = api.get(person, one);
      assertThat(bundle.status()).isEqualTo(200);
      assertThat(bundle.header("Content-Type")).isEqualTo("application/zip");
      assertThat(unzipped(bundle)).contains(P).doesNotContain(OTHER);
    }
    assertThat(unzipped(api.get("auditor", one))).contains("reasons.jsonl");
    assertThat(unzipped(api.get("auditor", one + "&reasons=false")))
        .contains("\"reasons\":false")
        .doesNotContain("reasons.jsonl\n");
    assertThat(api.get("quality", one).status()).isEqualTo(403);
    assertThat(api.get(OUTSIDER, one).status()).isEqualTo(404);
    assertThat(api.get("auditor", "/api/v1/audit/export").status()).isEqualTo(403);
    assertThat(unzipped(api.get(ADMIN, "/api/v1/audit/export"))).contains(P, OTHER);
    assertThat(api.get(ADMIN, "/api/v1/audit/export?project=no-such-one").status()).isEqualTo(404);
    var recorded = api.get(ADMIN, "/api/v1/audit/events?action=audit.exported").json();
    assertThat(recorded.path("items").findValuesAsText("actor")).contains("auditor", ADMIN);
  }

  private static String unzipped(ApiFixture.Reply bundle) throws IOException {
    var text = new StringBuilder();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bundle.response().body()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        text.append(entry.getName()).append('\n');
        text.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }
}
