package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.balsam.standard.template.ProjectSchema.Violation;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;

/** The rules of {@code balsam.yaml} that a JSON Schema cannot express. Tolerates any tree. */
final class ProjectFileRules {

  private final JsonNode root;
  private final List<Violation> violations = new ArrayList<>();

  /** Which step writes a dataset, over all stages read so far. */
  private final Map<String, String> writers = new HashMap<>();

  private final Set<String> csvFiles = new HashSet<>();
  private final Set<String> files = new HashSet<>();

  ProjectFileRules(JsonNode root) {
    this.root = root;
  }

  List<Violation> violations() {
    inputs();
    stages();
    release();
    checks();
    return violations;
  }

  private void inputs() {
    var months = Frequencies.months(root.path("product").path("frequency").asText());
    root.path("inputs")
        .fields()
        .forEachRemaining(
            input -> {
              var pointer = "/inputs" + YamlTree.segment(input.getKey());
              if (input.getValue().has("of")) {
                earlierRelease(pointer, input.getValue());
              } else {
                deliveries(pointer, input.getValue(), months);
              }
            });
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
              .formatted(Shown.of(dataset), list(released())));
    }
  }

  private Set<String> released() {
    var released = new TreeSet<String>();
    root.path("release")
        .forEach(output -> released.add("rel/" + output.asText().replaceFirst("^.*/", "")));
    return released;
  }

  private void stages() {
    var stageNames = new HashSet<String>();
    var stepNames = new HashSet<String>();
    each(
        root.path("stages"),
        "/stages",
        (stage, pointer) -> {
          unique(stageNames, stage.path("name"), pointer + "/name", "stage");
          var earlier = new TreeSet<>(writers.keySet());
          each(
              stage.path("steps"),
              pointer + "/steps",
              (step, at) -> {
                unique(stepNames, step.path("name"), at + "/name", "step");
                each(step.path("inputs"), at + "/inputs", (in, to) -> stepInput(in, to, earlier));
                each(
                    step.path("outputs"),
                    at + "/outputs",
                    (out, to) -> output(step.path("name").asText(), out, to));
              });
        });
  }

  private void stepInput(JsonNode input, String pointer, Set<String> earlier) {
    var allowed = new TreeSet<>(earlier);
    root.path("inputs").fieldNames().forEachRemaining(allowed::add);
    if (!allowed.contains(input.asText())) {
      add(
          pointer,
          "'%s' is neither an input of this file nor a dataset that an earlier stage writes; allowed: %s"
              .formatted(Shown.of(input.asText()), list(allowed)));
    }
  }

  private void output(String step, JsonNode output, String pointer) {
    var dataset = output.path("dataset").asText();
    var file = output.path("file").asText();
    var writer = writers.putIfAbsent(dataset, step);
    if (writer != null && !writer.equals(step)) {
      add(
          pointer + "/dataset",
          "'%s' is already written by step '%s'; a dataset is written by one step"
              .formatted(Shown.of(dataset), Shown.of(writer)));
    }
    if (!files.add(step + "/" + file)) {
      add(pointer + "/file", "'" + Shown.of(file) + "' is already an output of this step");
    }
    if (file.endsWith(".csv") && !csvFiles.add(dataset)) {
      add(
          pointer + "/file",
          "'%s' already has a CSV file; a dataset has at most one".formatted(Shown.of(dataset)));
    }
  }

  private void release() {
    each(root.path("release"), "/release", this::written);
  }

  private void checks() {
    var names = new HashSet<String>();
    each(
        root.path("checks"),
        "/checks",
        (check, pointer) -> {
          unique(names, check.path("name"), pointer + "/name", "check");
          var dataset = check.path("dataset");
          if (written(dataset, pointer + "/dataset") && !csvFiles.contains(dataset.asText())) {
            add(
                pointer + "/dataset",
                "'%s' has no CSV file to check; allowed: %s"
                    .formatted(Shown.of(dataset.asText()), list(new TreeSet<>(csvFiles))));
          }
          if (check.has("only") && !check.has("series")) {
            add(pointer + "/only", "'only' needs the key 'series', the column with the names");
          }
        });
  }

  private boolean written(JsonNode dataset, String pointer) {
    if (writers.containsKey(dataset.asText())) {
      return true;
    }
    add(
        pointer,
        "'%s' is not written by any step; allowed: %s"
            .formatted(Shown.of(dataset.asText()), list(new TreeSet<>(writers.keySet()))));
    return false;
  }

  private void unique(Set<String> names, JsonNode name, String pointer, String what) {
    if (!names.add(name.asText())) {
      add(pointer, "the " + what + " '" + Shown.of(name.asText()) + "' is declared twice");
    }
  }

  private void add(String pointer, String message) {
    violations.add(new Violation(pointer, message));
  }

  private static void each(JsonNode items, String pointer, BiConsumer<JsonNode, String> action) {
    for (var index = 0; index < items.size(); index++) {
      if (items.isArray()) {
        action.accept(items.get(index), pointer + "/" + index);
      }
    }
  }

  private static String list(Set<String> values) {
    return values.isEmpty()
        ? "none"
        : String.join(", ", values.stream().limit(30).map(Shown::of).toList());
  }
}
