package org.balsam.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.Period;
import org.balsam.standard.template.DemoData;
import org.balsam.testing.Api;
import org.balsam.testing.RoundClient;

/** A project of the template of models in a demo, with the example's data up to 1998. */
final class StrikesProject {

  static final String ID = "ml-strikes";

  private static final String PATH = "/api/v1/projects/" + ID;
  private static final Path DATA = Path.of("templates/ml-project/data/birdstrikes.csv");
  private static final Map<String, List<String>> PEOPLE =
      Map.of(
          "owner", List.of("owner"),
          "methodology", List.of("methodology"),
          "production", List.of("production"),
          "quality", List.of("quality"));

  private final Api api;

  private StrikesProject(Api api) {
    this.api = api;
  }

  static StrikesProject make(Api api) throws IOException {
    var project = new StrikesProject(api);
    var asked =
        api.post(
            "owner",
            "/api/v1/projects",
            Map.of(
                "id", ID,
                "name", "Damage by wildlife strikes",
                "purpose", "Shows a training in the console",
                "template", "ml-project",
                "classification", "public"));
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    project.complete(
        "admin", ID, "userTask_approveProject", Map.of("approvalDecision", "approve"));
    RoundClient.await(() -> project.get("").path("state").asText().equals("active"));
    PEOPLE.forEach(
        (person, roles) ->
            assertThat(
                    api.put("admin", PATH + "/members/" + person, Map.of("roles", roles)).status())
                .as(person)
                .isLessThan(300));
    project.deliver();
    return project;
  }

  private void deliver() throws IOException {
    DemoData.byDate(Files.readAllBytes(DATA), "Flight Date")
        .headMap(new Period("1999-01"))
        .forEach(
            (month, content) -> {
              var path = PATH + "/datasets/raw/strikes/objects/strikes.csv?period=" + month;
              assertThat(api.put("production", path, content).status()).isEqualTo(200);
            });
  }

  /** Asks for a training of 1998; gives its id. */
  String train() {
    var asked =
        api.post("methodology", PATH + "/trainings", Map.of("model", "damage", "period", "1998"));
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    return asked.body().path("id").asText();
  }

  /** Waits for the task and completes it. */
  void complete(String person, String subject, String activity, Map<String, String> variables) {
    var people = new RoundClient(api);
    RoundClient.await(() -> people.isOpen(person, subject, activity));
    people.complete(person, subject, activity, variables);
  }

  private JsonNode get(String path) {
    return api.get("owner", PATH + path).body();
  }
}
