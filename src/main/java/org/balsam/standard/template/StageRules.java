package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.balsam.platform.compute.JobSpec;
import org.balsam.standard.yaml.Shown;

/** The rules of stages and steps, the same for a round and for a model. Tolerates any tree. */
final class StageRules {

  private final RuleViolations violations;
  private final Set<String> inputs;
  private final String inputsOf;

  /** Which step writes a dataset, over all stages read so far. */
  private final TreeMap<String, String> writers = new TreeMap<>();

  private final Map<String, Set<String>> reads = new HashMap<>();
  private final Set<String> csvFiles = new TreeSet<>();
  private final Set<String> files = new HashSet<>();

  /**
   * @param inputs the names of inputs that a step may read
   * @param inputsOf whose inputs they are, for messages
   */
  StageRules(RuleViolations violations, Set<String> inputs, String inputsOf) {
    this.violations = violations;
    this.inputs = inputs;
    this.inputsOf = inputsOf;
  }

  void check(JsonNode stages, String pointer) {
    var stageNames = new HashSet<String>();
    RuleViolations.each(
        stages,
        pointer,
        (stage, at) -> {
          violations.unique(stageNames, stage.path("name"), at + "/name", "stage");
          var earlier = new TreeSet<>(writers.keySet());
          RuleViolations.each(
              stage.path("steps"), at + "/steps", (step, to) -> step(step, to, earlier));
        });
  }

  private void step(JsonNode step, String pointer, Set<String> earlier) {
    var name = step.path("name").asText();
    violations.uniqueStep(step.path("name"), pointer + "/name");
    RuleViolations.each(
        step.path("inputs"),
        pointer + "/inputs",
        (input, at) -> {
          reads.computeIfAbsent(name, any -> new HashSet<>()).add(input.asText());
          stepInput(input, at, earlier);
        });
    RuleViolations.each(
        step.path("outputs"), pointer + "/outputs", (output, at) -> output(name, output, at));
    if (!pointer.endsWith("/predict")) {
      notebook(step, pointer);
    }
  }

  /** The executed copy shows what was computed, so it is kept. */
  private void notebook(JsonNode step, String pointer) {
    var name = step.path("notebook").asText();
    if (name.isEmpty()) {
      return;
    }
    var copy = new JobSpec.Command(JobSpec.Kind.NOTEBOOK, name, List.of()).executedCopy();
    var kept = false;
    for (var output : step.path("outputs")) {
      kept |= output.path("file").asText().equals(copy);
    }
    if (!kept) {
      violations.add(
          pointer + "/outputs",
          "the executed copy of the notebook must be kept; add an output with file: "
              + Shown.of(copy));
    }
  }

  private void stepInput(JsonNode input, String pointer, Set<String> earlier) {
    var allowed = new TreeSet<>(earlier);
    allowed.addAll(inputs);
    if (!allowed.contains(input.asText())) {
      violations.add(
          pointer,
          "'%s' is neither an input of this %s nor a dataset that an earlier stage writes; allowed: %s"
              .formatted(Shown.of(input.asText()), inputsOf, RuleViolations.list(allowed)));
    }
  }

  private void output(String step, JsonNode output, String pointer) {
    output(step, output.path("dataset").asText(), output.path("file").asText(), pointer);
  }

  private void output(String step, String dataset, String file, String pointer) {
    writers.putIfAbsent(dataset, step);
    violations.onlyWriter(dataset, step, pointer + "/dataset");
    if (!files.add(step + "/" + file)) {
      violations.add(
          pointer + "/file", "'" + Shown.of(file) + "' is already an output of this step");
    }
    if (file.endsWith(".csv") && !csvFiles.add(dataset)) {
      violations.add(
          pointer + "/file",
          "'%s' already has a CSV file; a dataset has at most one".formatted(Shown.of(dataset)));
    }
  }

  /** What a node of a pipeline has beside its own file; nodes read inputs of the file only. */
  void node(String label, JsonNode node, String pointer) {
    if (node.has("name")) {
      violations.uniqueStep(node.path("name"), pointer + "/name");
    }
    RuleViolations.each(
        node.path("inputs"), pointer + "/inputs", (input, at) -> stepInput(input, at, Set.of()));
    RuleViolations.each(
        node.path("outputs"),
        pointer + "/outputs",
        (output, at) -> {
          var path = output.path("file").asText();
          var file = path.substring(path.lastIndexOf('/') + 1);
          output(label, output.path("dataset").asText(), file, at);
        });
  }

  /** Demands that a step writes the dataset; tells whether one does. */
  boolean written(JsonNode dataset, String pointer) {
    if (writers.containsKey(dataset.asText())) {
      return true;
    }
    violations.add(
        pointer,
        "'%s' is not written by any step; allowed: %s"
            .formatted(Shown.of(dataset.asText()), RuleViolations.list(writers.keySet())));
    return false;
  }

  /** Demands that a step writes the dataset, with a CSV file. */
  void writtenAsCsv(JsonNode dataset, String pointer, String purpose) {
    if (written(dataset, pointer) && !csvFiles.contains(dataset.asText())) {
      violations.add(
          pointer,
          "'%s' has no CSV file %s; allowed: %s"
              .formatted(Shown.of(dataset.asText()), purpose, RuleViolations.list(csvFiles)));
    }
  }

  /** Every input and dataset that {@code dataset} is computed from, over any number of steps. */
  Set<String> sources(String dataset) {
    var sources = new TreeSet<String>();
    collect(dataset, sources);
    return sources;
  }

  private void collect(String dataset, Set<String> sources) {
    for (var read : reads.getOrDefault(writers.getOrDefault(dataset, ""), Set.of())) {
      if (sources.add(read)) {
        collect(read, sources);
      }
    }
  }
}
