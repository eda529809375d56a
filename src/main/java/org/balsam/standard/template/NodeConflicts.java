package org.balsam.standard.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.platform.compute.NodePaths;
import org.balsam.standard.template.ProjectFile.Stage;
import org.balsam.standard.template.ProjectFile.Step;
import org.balsam.standard.yaml.Shown;

/** Finds what two nodes of a pipeline both write. */
final class NodeConflicts {

  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final NodeProblems problems;

  private NodeConflicts(List<Stage> stages, NodeProblems problems) {
    this.problems = problems;
    stages.stream()
        .flatMap(stage -> stage.steps().stream())
        .forEach(step -> steps.put(step.name(), step));
  }

  /** Adds them to the problems. */
  static void find(List<Stage> stages, NodeProblems problems) {
    var conflicts = new NodeConflicts(stages, problems);
    conflicts.datasets();
    conflicts.steps.values().forEach(conflicts::files);
  }

  private void datasets() {
    var kept = steps.values().stream().map(Step::keptAs).toList();
    for (var step : steps.values()) {
      for (var dataset : step.datasets()) {
        if (kept.contains(dataset)) {
          problem(
              step,
              "outputs",
              dataset + " holds what the step of this name keeps; take another name");
        }
      }
    }
  }

  /** Which of two files of the same path a node finds must not depend on who was faster. */
  private void files(Step step) {
    var writers = new HashMap<String, Step>();
    for (var name : step.asNode().ancestors()) {
      var ancestor = steps.get(name);
      for (var path : literals(ancestor)) {
        var other = writers.put(path, ancestor);
        if (other != null && !ancestor.asNode().ancestors().contains(other.name())) {
          problem(
              step,
              "inputs",
              "'%s' is written by '%s' and '%s', of which neither comes after the other; give them other names"
                  .formatted(
                      Shown.of(path),
                      Shown.of(other.asNode().label()),
                      Shown.of(ancestor.asNode().label())));
        }
      }
    }
  }

  private static Set<String> literals(Step step) {
    var paths = new TreeSet<>(step.asNode().paths());
    step.asNode().kept().stream().filter(path -> !NodePaths.isPattern(path)).forEach(paths::add);
    return paths;
  }

  private void problem(Step step, String field, String message) {
    problems.add(step.asNode().label(), field, message);
  }
}
