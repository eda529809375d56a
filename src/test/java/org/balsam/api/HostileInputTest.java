package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostileInputTest extends ApiTestBase {

  private static final String ROUNDS = PATH + "/rounds";

  @Test
  void refusesLargeBodiesWithAndWithoutALength() {
    var large = "{\"period\":\"" + "x".repeat(10 << 20) + "\"}";
    var known = api.post("owner", ROUNDS, large);
    assertThat(known.status()).isEqualTo(413);
    assertThat(known.code()).isEqualTo("too-large");
    var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes()));
    assertThat(api.send("owner", "POST", ROUNDS, chunked, "application/json").status())
        .isEqualTo(413);
  }

  @Test
  void pointsAtAValueThatIsTooLong() {
    refused("{\"period\":\"" + "x".repeat(30_000) + "\"}", "/period", "20000");
  }

  @Test
  void pointsAtInvisibleCharacters() {
    refused("{\"period\":\"2026\\u0000q3\"}", "/period", "invisible");
    refused("{\"period\":\"2026\\u202eq3\"}", "/period", "invisible");
    refused("{\"period\":\"2026\\ud800q3\"}", "/period", "");
    refused("{\"per\\u0000iod\":\"2026-q3\"}", "/per\uFFFDiod", "invisible");
  }

  @Test
  void pointsAtWhatIsNotJson() {
    refused("{\"period\":NaN}", "/period", "well-formed");
    refused("{\"period\":\"a\",\"period\":\"b\"}", "/period", "twice");
    refused("[".repeat(60), "/0".repeat(50), "well-formed");
    refused("{\"period\":\"2026-q3\"} {}", "", "");
  }

  /** Aliases, texts without quotes and unknown fields would not be seen in it. */
  @Test
  void refusesBodiesThatAreNotLookedThrough() {
    for (var type :
        List.of("application/yaml", "application/cbor", "application/x-jackson-smile")) {
      var body = BodyPublishers.ofString("period: 2026-q3\nzzz: 1\n");
      var reply = api.send("owner", "POST", ROUNDS, body, type);
      assertThat(reply.status()).as(type).isEqualTo(415);
      assertThat(reply.text()).contains("application/json");
    }
  }

  @Test
  void refusesManyFields() {
    var fields =
        IntStream.range(0, 2000)
            .mapToObj(i -> "\"f" + i + "\":1")
            .collect(Collectors.joining(",", "{\"variables\":{", "}}"));
    var reply = api.post("owner", "/api/v1/tasks/x/complete", fields);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.where()).startsWith("/variables/f");
    assertThat(reply.text()).contains("allowed are 1000");
  }

  @Test
  void namesUnknownFieldsAndTheAllowedOnes() {
    var reply = refused("{\"period\":\"2026-q3\",\"perod\":\"x\"}", "/perod", "allowed");
    assertThat(reply).contains("period, plannedRelease");
  }

  @Test
  void refusesHostileQueries() {
    assertThat(api.get("owner", "/api/v1/audit/events?subject=%00").where()).isEqualTo("subject");
    assertThat(api.get("owner", "/api/v1/audit/events?actor=%E2%80%AEx").status()).isEqualTo(400);
    assertThat(api.get("owner", "/api/v1/audit/events?action=" + "x".repeat(2000)).status())
        .isEqualTo(400);
    assertThat(api.get("owner", "/api/v1/audit/events?from=yesterday").where()).isEqualTo("from");
    assertThat(api.get("owner", "/api/v1/tasks?cursor=-1").status()).isIn(200, 400);
  }

  @Test
  void answersEveryErrorAsAProblemWithoutAnyTrace() {
    for (var reply :
        new ApiFixture.Reply[] {
          api.get("owner", "/api/v1/nothing"),
          api.send("owner", "DELETE", "/api/v1/me", null),
          api.send("owner", "POST", ROUNDS, BodyPublishers.ofString("<x/>"), "text/xml"),
          api.send(null, "GET", "/api/v1/me", null),
          api.get("owner", "/api/v1/audit/events/nonsense"),
          api.get("owner", "/api/v1/tasks/nonsense"),
          api.get("owner", "/api/v1/audit/checkpoints/99999999"),
          api.get("owner", "/api/v1/audit/checkpoints/-1"),
          api.get("owner", "/api/v1/audit/checkpoints/9/consistency?from=-1"),
        }) {
      assertThat(reply.status()).as(reply.text()).isBetween(400, 499);
      assertThat(reply.header("Content-Type"))
          .as(reply.text())
          .startsWith("application/problem+json");
      assertThat(reply.code()).as(reply.text()).isNotBlank();
      assertThat(reply.text()).doesNotContain("java.", "org.", "Exception", "\\tat ");
    }
  }

  private String refused(String json, String where, String message) {
    var reply = api.post("owner", ROUNDS, json);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.where()).as(reply.text()).isEqualTo(where);
    assertThat(reply.text()).contains(message);
    return reply.text();
  }
}
