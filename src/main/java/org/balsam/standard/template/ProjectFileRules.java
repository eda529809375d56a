package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.standard.template.ProjectSchema.Violation;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;

/** The rules of {@code balsam.yaml} that a JSON Schema cannot express. Tolerates any tree. */
final class ProjectFileRules {

  private final JsonNode root;
  private final RuleViolations violations = new RuleViolations();
  private final StageRules stages;

  ProjectFileRules(JsonNode root) {
    this.root = root;
    var names = new TreeSet<String>();
    root.path("inputs").fieldNames().forEachRemaining(names::add);
    stages = new StageRules(violations, names, "file");
  }

  List<Violation> violations() {
    inputs();
    stages.check(root.path("stages"), "/stages");
    pipeline(root.path("pipeline"));
    RuleViolations.each(root.path("release"), "/release", stages::written);
    checks();
    ModelRules.check(violations, root);
    ScoringRules.check(violations, root);
    return violations.found();
  }

  private void pipeline(JsonNode pipeline) {
    if (pipeline.isMissingNode()) {
      return;
    }
    if (root.has("stages")) {
      add("/pipeline", "'pipeline' takes the place of 'stages'; remove one of them");
    }
    pipeline
        .path("nodes")
        .fields()
        .forEachRemaining(
            node ->
                stages.node(
                    node.getKey(),
                    node.getValue(),
                    "/pipeline/nodes" + YamlTree.segment(node.getKey())));
  }

  private void inputs() {
    var months = Frequencies.months(root.path("product").path("frequency").asText());
    root.path("inputs")
        .fields()
        .forEachRemaining(
            input -> {
              var pointer = "/inputs" + YamlTree.segment(input.getKey());
              if (input.getValue().has("model")) {
                model(pointer, input.getValue());
              } else if (input.getValue().has("of")) {
                earlierRelease(pointer, input.getValue());
              } else {
                deliveries(pointer, input.getValue(), months);
              }
            });
  }

  private void model(String pointer, JsonNode input) {
    for (var key : List.of("known", "of", "required")) {
      if (input.has(key)) {
        add(pointer + "/" + key, "'" + key + "' is for datasets only; remove it");
      }
    }
  }

  private void deliveries(String pointer, JsonNode input, int months) {
    var dataset = input.path("dataset").asText();
    if (dataset.startsWith("rel/")) {
      add(
          pointer + "/dataset",
          "an earlier release needs the key 'of'; allowed: previous-revision, previous-period");
    }
    input
        .path("known")
        .fields()
        .forEachRemaining(
            known -> {
              if (known.getValue().asInt() > months) {
                add(
                    pointer + "/known" + YamlTree.segment(known.getKey()),
                    "%s months are more than the product's period has; allowed: 0 to %d"
                        .formatted(known.getValue().asText(), months));
              }
            });
  }

  private void earlierRelease(String pointer, JsonNode input) {
    if (input.has("known")) {
      add(pointer + "/known", "'known' is for deliveries by month only; remove it or remove 'of'");
    }
    var dataset = input.path("dataset").asText();
    if (!released().contains(dataset)) {
      add(
          pointer + "/dataset",
          "'%s' is not released by this project; allowed: %s"
              .formatted(Shown.of(dataset), RuleViolations.list(released())));
    }
  }

  private Set<String> released() {
    var released = new TreeSet<String>();
    root.path("release")
        .forEach(output -> released.add("rel/" + output.asText().replaceFirst("^.*/", "")));
    return released;
  }

  private void checks() {
    var names = new HashSet<String>();
    RuleViolations.each(
        root.path("checks"),
        "/checks",
        (check, pointer) -> {
          violations.unique(names, check.path("name"), pointer + "/name", "check");
          stages.writtenAsCsv(check.path("dataset"), pointer + "/dataset", "to check");
          if (check.has("only") && !check.has("series")) {
            add(pointer + "/only", "'only' needs the key 'series', the column with the names");
          }
        });
  }

  private void add(String pointer, String message) {
    violations.add(pointer, message);
  }
}
