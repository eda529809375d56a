package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.TreeSet;
import org.balsam.standard.yaml.Shown;

/** The rules of a round's steps that apply a promoted model. Tolerates any tree. */
final class ScoringRules {

  /** The file that {@code score-classifier} writes. */
  private static final String PREDICTIONS = "predictions.csv";

  private final RuleViolations violations;
  private final JsonNode root;

  private ScoringRules(RuleViolations violations, JsonNode root) {
    this.violations = violations;
    this.root = root;
  }

  static void check(RuleViolations violations, JsonNode root) {
    var rules = new ScoringRules(violations, root);
    RuleViolations.each(
        root.path("stages"),
        "/stages",
        (stage, at) -> RuleViolations.each(stage.path("steps"), at + "/steps", rules::step));
  }

  private void step(JsonNode step, String pointer) {
    if (step.has("java")) {
      inputs(step.path("inputs"), pointer + "/inputs");
      outputs(step.path("outputs"), pointer + "/outputs");
    }
  }

  private void inputs(JsonNode inputs, String pointer) {
    var models = new ArrayList<String>();
    inputs.forEach(
        input -> {
          var declared = root.path("inputs").path(input.asText());
          if (declared.has("model")) {
            models.add(declared.path("model").asText().replaceFirst("@.*", ""));
          }
        });
    if (models.size() != 1 || inputs.size() != 2) {
      violations.add(
          pointer,
          "'score-classifier' applies one model to one dataset; allowed: an input with the key"
              + " 'model' and one dataset");
    } else if (!root.path("models").has(models.get(0))) {
      var declared = new TreeSet<String>();
      root.path("models").fieldNames().forEachRemaining(declared::add);
      violations.add(
          pointer,
          "'%s' is not among the models of this file, which say target, row and classes; allowed: %s"
              .formatted(Shown.of(models.get(0)), RuleViolations.list(declared)));
    }
  }

  private void outputs(JsonNode outputs, String pointer) {
    if (outputs.size() != 1 || !outputs.path(0).path("file").asText().equals(PREDICTIONS)) {
      violations.add(pointer, "'score-classifier' writes one file; allowed: " + PREDICTIONS);
    }
  }
}
