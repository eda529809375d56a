package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleApiTest extends ApiTestBase {

  private static final String SCHEDULES = PATH + "/schedules";

  @Test
  void leadsAScheduleThroughItsLife() {
    var made = create("owner", "quarterly");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var path = SCHEDULES + "/quarterly";
    assertThat(made.header("Location")).isEqualTo(path);
    assertThat(made.json().path("state").asText()).isEqualTo("active");
    assertThat(made.json().at("/rules/misfirePolicy").asText()).isEqualTo("run-late");
    assertThat(made.json().at("/rules/frequency").asText()).isEqualTo("quarter");
    assertThat(create("owner", "quarterly").status()).isEqualTo(409);

    var listed = api.get("auditor", SCHEDULES).json();
    assertThat(listed.path("items").findValuesAsText("id")).contains("emp-secret-quarterly");
    var next = api.get("auditor", path + "/next?count=3").json();
    assertThat(next).hasSize(3);
    assertThat(next.at("/0/at").asText()).endsWith("Z");
    assertThat(next.at("/0/period").asText()).matches("\\d{4}-q[1-4]");
    assertThat(api.get("auditor", path + "/next?count=0").status()).isEqualTo(400);

    var tag = api.get("owner", path).header("ETag");
    var change = "{\"leadDays\":7}";
    assertThat(api.send("owner", "PATCH", path, change).status()).isEqualTo(428);
    var changed = api.send("owner", "PATCH", path, change, "If-Match", tag);
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.json().at("/rules/leadDays").asInt()).isEqualTo(7);
    assertThat(changed.json().at("/rules/zone").asText()).isEqualTo("Europe/Stockholm");
    assertThat(api.send("owner", "PATCH", path, change, "If-Match", tag).status()).isEqualTo(412);

    var paused = api.post("production", path + "/pause", "{\"reason\":\"holiday\"}");
    assertThat(paused.json().path("state").asText()).isEqualTo("paused");
    assertThat(api.post("owner", path + "/resume", "").json().path("state").asText())
        .isEqualTo("active");
    assertThat(api.send("owner", "DELETE", path, null).status()).isEqualTo(204);
    assertThat(api.get("owner", path).json().path("state").asText()).isEqualTo("ended");
    assertThat(api.post("owner", path + "/resume", "").status()).isEqualTo(409);
  }

  @Test
  void makesSchedulesOfTrainingsToo() {
    var made = post(body("yearly").replaceFirst("\\{", "{\"model\":\"damage\","));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("model").asText()).isEqualTo("damage");
    assertThat(post(body("other").replaceFirst("\\{", "{\"model\":\"No Model\",")).where())
        .isEqualTo("/model");
  }

  @Test
  void keepsOthersOut() {
    assertThat(create("auditor", "mine").status()).isEqualTo(403);
    assertThat(create("subject", "mine").status()).isEqualTo(403);
    assertThat(create(OUTSIDER, "mine").status()).isEqualTo(404);
    assertThat(api.get(OUTSIDER, SCHEDULES).status()).isEqualTo(404);
    assertThat(api.get("owner", SCHEDULES + "/unknown").status()).isEqualTo(404);
  }

  @Test
  void saysWhatIsWrongWithRules() {
    var empty = api.post("owner", SCHEDULES, "{\"name\":\"quick\",\"rules\":{}}");
    assertThat(empty.status()).isEqualTo(400);
    assertThat(empty.json().path("problems")).hasSize(3);
    assertThat(post("{\"name\":\"Not A Name\",\"rules\":{}}").status()).isEqualTo(400);
    assertThat(post(body("quick").replace("Europe/Stockholm", "Mars/Base")).where())
        .isEqualTo("/rules/zone");
    assertThat(post(body("quick").replace("P3M", "P0D")).status()).isEqualTo(400);
    assertThat(post(body("quick").replace("quarter\"", "fortnight\"")).where())
        .isEqualTo("/rules/frequency");
  }

  private ApiFixture.Reply create(String person, String name) {
    return api.post(person, SCHEDULES, body(name));
  }

  private ApiFixture.Reply post(String json) {
    return api.post("owner", SCHEDULES, json);
  }

  private static String body(String name) {
    return """
        {"name":"%s","rules":{"recurrence":"R/2030-01-15T07:00/P3M","zone":"Europe/Stockholm",
         "frequency":"quarter"}}"""
        .formatted(name);
  }
}
