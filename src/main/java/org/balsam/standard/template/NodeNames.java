package org.balsam.standard.template;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.PlainWords;
import org.balsam.standard.pipeline.Pipeline;
import org.balsam.standard.yaml.Shown;

/** The names of a pipeline's nodes as steps. */
final class NodeNames {

  private static final Pattern STEP_NAME = Pattern.compile("[a-z][a-z0-9]{1,9}");
  private static final Pattern SUFFIX = Pattern.compile("\\.(?:ipynb|py|r|R)$");
  private static final int LONGEST = 10;

  private NodeNames() {}

  /** Names by the nodes' ids: those of the project file, else made from the labels. */
  static Map<String, String> of(ProjectFile file, Pipeline pipeline, NodeProblems problems) {
    var declared = file.pipeline();
    var names = new HashMap<String, String>();
    var taken = namesOfModels(file);
    for (var node : pipeline.nodes()) {
      var said = declared.of(node.label()).name();
      var name = said == null ? made(node.label()) : said;
      var other = taken.putIfAbsent(name, "node '" + Shown.of(node.label()) + "'");
      if (!STEP_NAME.matcher(name).matches() || other != null) {
        problems.add(
            node.label(),
            "label",
            "'%s' makes no step name of its own%s; name the step in balsam.yaml: pipeline.nodes.<label>.name"
                .formatted(Shown.of(name), other == null ? "" : " (" + other + " has it)"));
      }
      names.put(node.id(), name);
    }
    refuseUnknownLabels(declared, pipeline, problems);
    return names;
  }

  private static Map<String, String> namesOfModels(ProjectFile file) {
    var taken = new HashMap<String, String>();
    file.models().values().stream()
        .flatMap(model -> Stream.concat(model.steps(), Stream.of(model.predict())))
        .forEach(step -> taken.put(step.name(), "a step of a model"));
    return taken;
  }

  /**
   * {@code Läs in.ipynb} gives {@code lasin}, {@code 1} and {@code A} {@code step1} and {@code
   * stepa}.
   */
  private static String made(String label) {
    var all = String.join("", PlainWords.of(SUFFIX.matcher(label).replaceFirst("")));
    var name = all.replaceFirst("^[0-9]+", "");
    var whole = name.length() > 1 || all.isEmpty() ? name : "step" + all;
    return whole.substring(0, Math.min(LONGEST, whole.length()));
  }

  private static void refuseUnknownLabels(
      ProjectFile.Pipeline declared, Pipeline pipeline, NodeProblems problems) {
    var labels = new LinkedHashSet<String>();
    pipeline.nodes().forEach(node -> labels.add(node.label()));
    declared.nodes().keySet().stream()
        .filter(label -> !labels.contains(label))
        .map(
            label ->
                new Problem(
                    "balsam.yaml, pipeline.nodes",
                    "'%s' is not the label of a node of %s; allowed: %s"
                        .formatted(Shown.of(label), declared.file(), RuleViolations.list(labels))))
        .forEach(problem -> problems.addAll(List.of(problem)));
  }
}
