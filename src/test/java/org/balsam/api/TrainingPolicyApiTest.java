package org.balsam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The bounds of the template {@code ml-project} hold for trainings, however they are asked for. */
class TrainingPolicyApiTest extends ApiTestBase {

  private static final ProjectId STRICT = new ProjectId("ml-strict");
  private static final String API = "/api/v1/projects/" + STRICT;
  private static final Forge.Author AUTHOR = new Forge.Author("Owner", "owner@example.org");

  @Autowired Forge forge;

  @Test
  void trainingsOutsideTheBoundsAreRefusedByName() {
    onboard(
        STRICT.value(),
        "owner",
        """
        {"id":"ml-strict","name":"Strict","purpose":"Keeps to its bounds",
         "template":"ml-project","classification":"public"}""");
    for (var role : Role.values()) {
      directory.setRoles(STRICT, role.value(), Set.of(role));
    }

    refusesParameters();
    refusesThresholdsOfANewMethod();
    assertThat(api.get("auditor", API + "/trainings").json().path("items"))
        .as("nothing half-made is left")
        .isEmpty();
  }

  private void refusesParameters() {
    var answer = start("{\"epochs\":\"501\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.where()).isEqualTo("/parameters");
    assertThat(answer.text())
        .contains("models.damage.parameters.epochs", "'501'", "ml-project", "allowed: 1 to 500");
    assertThat(start("{\"epochs\":\"many\"}").status()).isEqualTo(400);
  }

  private void refusesThresholdsOfANewMethod() {
    var main = forge.resolve(STRICT, "main").orElseThrow();
    var file = new String(forge.read(STRICT, main, "balsam.yaml").orElseThrow(), UTF_8);
    assertThat(file).contains("min-auc: 0.75");
    var lax = file.replace("min-auc: 0.75", "min-auc: 0.5").getBytes(UTF_8);
    var commit =
        forge.commit(
            STRICT, "main", new Forge.Change(Map.of("balsam.yaml", lax), "Be lax", AUTHOR, true));
    forge.ensureTag(STRICT, "mth/v1.1.0", commit, "Lax", AUTHOR);

    var answer = start("{}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text())
        .contains("models.damage.thresholds.min-auc", "'0.5'", "allowed: 0.7 to 0.95");
  }

  private ApiFixture.Reply start(String parameters) {
    return api.post(
        "methodology",
        API + "/trainings",
        "{\"model\":\"damage\",\"period\":\"1998\",\"parameters\":" + parameters + "}");
  }
}
