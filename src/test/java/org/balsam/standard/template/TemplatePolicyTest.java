package org.balsam.standard.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a project of a template may change, and what it may not. */
class TemplatePolicyTest {

  private final ProjectTemplates templates =
      new ProjectTemplates(
          new TemplatesProperties("classpath*:/templates/"), new ProjectFileParser());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          min-auc: 0.75                                    | min-auc: 0.70
          min-auc: 0.75                                    | min-auc: 0.95
          min-auc: 0.75                                    | min-auc: 0.75, psi-block: 0.5
          java: train-classifier                           | java: train-classifier ; resources: { cpu: 8, memory: 16Gi, time: PT2H }
          java: train-classifier                           | java: train-classifier ; resources: { memory: 16384Mi, time: PT120M }
          """)
  void withinTheBoundsAProjectAdaptsWhatItLikes(String text, String changed) {
    assertThatCode(() -> templates.requireAllowed("ml-project", file(text, changed)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          min-auc: 0.75          | min-auc: 0.69                                            | models.damage.thresholds.min-auc' is '0.69'      | 0.7 to 0.95
          min-auc: 0.75          | min-auc: 0.951                                           | models.damage.thresholds.min-auc' is '0.951'     | 0.7 to 0.95
          min-auc: 0.75, m       | m                                                        | models.damage.thresholds.min-auc' is missing     | 0.7 to 0.95
          min-auc: 0.75          | min-auc: 0.75, psi-block: 0.51                           | models.damage.thresholds.psi-block' is '0.51'    | up to 0.5
          type: experimental     | type: official                                           | product.type' is 'official'                      | experimental
          reproduce: true        | reproduce: false                                         | models.damage.reproduce' is 'false'              | true
          java: train-classifier | java: train-classifier ; network: internet               | models.damage.stages.1.steps.0.network' is       | offline
          java: score-classifier | java: score-classifier, network: internal                | models.damage.predict.network' is 'internal'     | offline
          java: train-classifier | java: train-classifier ; resources: { gpu: 1 }            | models.damage.stages.1.steps.0.resources.gpu' is | up to 0
          java: train-classifier | java: train-classifier ; resources: { memory: 17Gi }      | resources.memory' is '17Gi'                      | up to 16Gi
          java: train-classifier | java: train-classifier ; resources: { time: PT2H1S }      | resources.time' is 'PT2H1S'                      | up to PT2H
          """)
  void outsideTheBoundsASettingIsRefusedByName(
      String text, String changed, String name, String allowed) {
    var file = file(text, changed);

    var problems = refused(file);

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).message())
        .contains("the setting '", name, "the template 'ml-project'")
        .endsWith("allowed: " + allowed);
    var line = Integer.parseInt(problems.get(0).where().substring("balsam.yaml:".length()));
    assertThat(new String(file, StandardCharsets.UTF_8).lines().toList().get(line - 1))
        .as("the line that is named")
        .contains(
            name.contains("missing")
                ? "thresholds"
                : name.substring(
                    name.lastIndexOf('.', name.indexOf('\'')) + 1, name.indexOf('\'')));
  }

  @Test
  void namesEverySettingAtOnce() {
    var file =
        new String(file("min-auc: 0.75", "min-auc: 0.5"), StandardCharsets.UTF_8)
            .replace("type: experimental", "type: official");

    assertThat(refused(file.getBytes(StandardCharsets.UTF_8)))
        .extracting(Problem::message)
        .hasSize(2)
        .anyMatch(message -> message.contains("product.type"))
        .anyMatch(message -> message.contains("min-auc"));
  }

  @Test
  void aThresholdThatMustBeSetCannotBeLeftOutWithItsSection() {
    var without =
        new String(file("min-auc", "min-auc"), StandardCharsets.UTF_8)
            .replaceAll("(?m)^    thresholds: .*\\n", "");

    assertThat(without).doesNotContain("thresholds");
    assertThat(refused(without.getBytes(StandardCharsets.UTF_8)))
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .startsWith("the setting 'models.damage.thresholds.min-auc' is missing");
  }

  private List<Problem> refused(byte[] file) {
    var refusal =
        catchThrowableOfType(Invalid.class, () -> templates.requireAllowed("ml-project", file));
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PROJECT_FILE);
    return refusal.problems();
  }

  private byte[] file(String text, String changed) {
    var file =
        new String(
            templates.render("ml-project", Map.of("project", "ml-strikes")).get("balsam.yaml"),
            StandardCharsets.UTF_8);
    assertThat(file).contains(text);
    return file.replace(text, changed.replace(" ; ", "\n            "))
        .getBytes(StandardCharsets.UTF_8);
  }
}
