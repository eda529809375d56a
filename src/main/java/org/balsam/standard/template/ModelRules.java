package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;

/** The rules of one model that a JSON Schema cannot express. Tolerates any tree. */
final class ModelRules {

  private static final List<String> SETS = List.of("train", "validation", "test", "latest");

  private final RuleViolations violations;
  private final JsonNode model;
  private final String pointer;
  private final StageRules stages;

  private ModelRules(RuleViolations violations, JsonNode model, String pointer) {
    this.violations = violations;
    this.model = model;
    this.pointer = pointer;
    this.stages = new StageRules(violations, texts("inputs"), "model");
  }

  static void check(RuleViolations violations, JsonNode root) {
    var inputs = new TreeSet<String>();
    root.path("inputs")
        .fields()
        .forEachRemaining(
            input -> {
              if (!input.getValue().has("model")) {
                inputs.add(input.getKey());
              }
            });
    root.path("models")
        .fields()
        .forEachRemaining(
            entry -> {
              var pointer = "/models" + YamlTree.segment(entry.getKey());
              new ModelRules(violations, entry.getValue(), pointer).check(inputs);
            });
  }

  private void check(Set<String> declared) {
    inputs(declared);
    stages.check(model.path("stages"), pointer + "/stages");
    violations.uniqueStep(model.path("predict").path("name"), pointer + "/predict/name");
    classes();
    columns();
    sets();
    artefact();
    parameters();
    thresholds();
    dataProtection();
  }

  private void inputs(Set<String> declared) {
    RuleViolations.each(
        model.path("inputs"),
        pointer + "/inputs",
        (input, at) -> {
          if (!declared.contains(input.asText())) {
            violations.add(
                at,
                "'%s' is not an input of this file; allowed: %s"
                    .formatted(Shown.of(input.asText()), RuleViolations.list(declared)));
          }
        });
  }

  private void classes() {
    var classes = texts("classes");
    RuleViolations.each(
        model.path("list-classes"),
        pointer + "/list-classes",
        (name, at) -> oneOf(classes, name, at, "class"));
    if (model.has("positive")) {
      oneOf(classes, model.path("positive"), pointer + "/positive", "class");
      if (classes.size() > 2) {
        violations.add(
            pointer + "/positive",
            "'positive' is for models with two classes, this one has %d; remove it"
                .formatted(classes.size()));
      }
    } else if (classes.size() == 2) {
      violations.add(
          pointer + "/classes",
          "a model with two classes needs the key 'positive'; allowed: "
              + RuleViolations.list(classes));
    }
  }

  private void oneOf(Set<String> allowed, JsonNode value, String at, String what) {
    if (!allowed.contains(value.asText())) {
      violations.add(
          at,
          "'%s' is not a %s of this model; allowed: %s"
              .formatted(Shown.of(value.asText()), what, RuleViolations.list(allowed)));
    }
  }

  private void columns() {
    var target = model.path("target").asText();
    var row = model.path("row").asText();
    if (row.equals(target)) {
      violations.add(
          pointer + "/row", "'%s' is the target; choose another column".formatted(Shown.of(row)));
    }
    for (var name : List.of(target, row)) {
      var role = name.equals(target) ? "target" : "row";
      if (model.path("features").has(name)) {
        violations.add(
            pointer + "/features" + YamlTree.segment(name),
            "'%s' is the %s and cannot be a feature; remove it".formatted(Shown.of(name), role));
      }
      if (texts("groups").contains(name)) {
        violations.add(
            pointer + "/groups",
            "'%s' is the %s and cannot be a group; remove it".formatted(Shown.of(name), role));
      }
    }
  }

  private void sets() {
    var names = new HashMap<String, String>();
    for (var set : SETS) {
      var dataset = model.path("sets").path(set);
      if (!dataset.isMissingNode()) {
        var at = pointer + "/sets/" + set;
        stages.writtenAsCsv(dataset, at, "to read");
        var other = names.putIfAbsent(dataset.asText(), set);
        if (other != null) {
          violations.add(
              at, "'%s' is the set '%s' too".formatted(Shown.of(dataset.asText()), other));
        }
      }
    }
  }

  /** What a model is made of must not contain what it is judged on. */
  private void artefact() {
    var artefact = model.path("artefact");
    var at = pointer + "/artefact";
    if (artefact.isMissingNode() || !stages.written(artefact, at)) {
      return;
    }
    var sources = stages.sources(artefact.asText());
    for (var held : List.of("test", "latest")) {
      var dataset = model.path("sets").path(held).asText();
      if (sources.contains(dataset)) {
        violations.add(
            at,
            "'%s' is computed from '%s', the set '%s'; a model must not see what it is judged on"
                .formatted(Shown.of(artefact.asText()), Shown.of(dataset), held));
      }
    }
    var train = model.path("sets").path("train").asText();
    if (!sources.contains(train)) {
      violations.add(
          at,
          "'%s' is not computed from '%s', the set 'train'"
              .formatted(Shown.of(artefact.asText()), Shown.of(train)));
    }
    if (!fileOf(artefact.asText())) {
      violations.add(at, "'%s' has no file but metrics.csv".formatted(Shown.of(artefact.asText())));
    }
  }

  private boolean fileOf(String artefact) {
    return model.path("stages").findValues("outputs").stream()
        .flatMap(outputs -> outputs.findParents("dataset").stream())
        .filter(output -> output.path("dataset").asText().equals(artefact))
        .anyMatch(output -> !output.path("file").asText().equals("metrics.csv"));
  }

  /** Parameters of the model and of a step reach the step in the same environment. */
  private void parameters() {
    var variables = new HashMap<String, String>();
    variables(model.path("parameters"), pointer + "/parameters", variables);
    RuleViolations.each(
        model.path("stages"),
        pointer + "/stages",
        (stage, at) ->
            RuleViolations.each(
                stage.path("steps"),
                at + "/steps",
                (step, to) -> stepVariables(step, to, variables)));
    stepVariables(model.path("predict"), pointer + "/predict", variables);
  }

  private void stepVariables(JsonNode step, String at, Map<String, String> ofModel) {
    variables(step.path("parameters"), at + "/parameters", new HashMap<>(ofModel));
  }

  private void variables(JsonNode parameters, String at, Map<String, String> known) {
    parameters
        .fieldNames()
        .forEachRemaining(
            name -> {
              var other = known.putIfAbsent(ProjectFile.variable(name), name);
              if (other != null) {
                violations.add(
                    at + YamlTree.segment(name),
                    "the parameter '%s' becomes %s as the model's parameter '%s' does; rename one"
                        .formatted(
                            Shown.of(name), Shown.of(ProjectFile.variable(name)), Shown.of(other)));
              }
            });
  }

  private void thresholds() {
    var review = model.path("thresholds").path("psi-review");
    var block = model.path("thresholds").path("psi-block");
    if (review.asDouble(0.10) > block.asDouble(0.25)) {
      var key = review.isMissingNode() ? "psi-block" : "psi-review";
      violations.add(
          pointer + "/thresholds/" + key,
          "psi-review %s is larger than psi-block %s; allowed: psi-review up to psi-block"
              .formatted(review.asText("0.10"), block.asText("0.25")));
    }
    if (model.path("thresholds").has("min-auc") && !model.has("positive")) {
      violations.add(
          pointer + "/thresholds/min-auc",
          "'min-auc' is for models with the key 'positive'; remove it");
    }
  }

  private void dataProtection() {
    if (model.path("personal-data").asBoolean(false) && !model.has("dpia")) {
      violations.add(
          pointer + "/personal-data",
          "a model on personal data needs the key 'dpia', the reference of its data protection impact assessment");
    }
  }

  private Set<String> texts(String key) {
    var texts = new TreeSet<String>();
    RuleViolations.each(model.path(key), "", (item, at) -> texts.add(item.asText()));
    return texts;
  }
}
