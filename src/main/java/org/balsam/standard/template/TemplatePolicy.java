package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.balsam.standard.template.ProjectSchema.Violation;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;

/**
 * Holds project files against the bounds within which projects of a template may adapt settings. A
 * setting without bounds may have any value that the format allows.
 */
final class TemplatePolicy {

  static final String PARAMETERS = "parameters";

  private static final String ANY = "*";
  private static final Pattern PARAMETER =
      Pattern.compile("(?:models\\.[^.]+|\\*\\*)\\." + PARAMETERS + "\\.[^.]+");

  private final String template;
  private final List<PolicyBound> bounds;

  TemplatePolicy(ProjectTemplate template) {
    this(template.id(), template.policy());
  }

  private TemplatePolicy(String template, List<PolicyBound> bounds) {
    this.template = template;
    this.bounds = bounds;
  }

  /** The bounds of parameters of models alone. */
  TemplatePolicy ofParameters() {
    var own =
        bounds.stream().filter(bound -> PARAMETER.matcher(bound.setting()).matches()).toList();
    return new TemplatePolicy(template, own);
  }

  /** The same bounds for a part of a file, which lacks most settings. */
  TemplatePolicy notRequired() {
    var own =
        bounds.stream()
            .map(
                bound ->
                    new PolicyBound(
                        bound.setting(), bound.allowed(), bound.minimum(), bound.maximum(), false))
            .toList();
    return new TemplatePolicy(template, own);
  }

  /** Every setting of the file that lies outside its bounds, by its name. Tolerates any tree. */
  List<Violation> violations(JsonNode file) {
    var violations = new ArrayList<Violation>();
    for (var bound : bounds) {
      var path = List.of(bound.setting().split("\\."));
      walk(file, path, "", (at, value) -> judge(bound, at, value, violations));
    }
    return violations;
  }

  private static void walk(
      JsonNode node, List<String> path, String at, BiConsumer<String, JsonNode> found) {
    if (path.isEmpty()) {
      found.accept(at, node);
      return;
    }
    var rest = path.subList(1, path.size());
    switch (path.get(0)) {
      case ANY -> children(node, at, (to, child) -> walk(child, rest, to, found));
      case PolicyBound.ANY_DEPTH -> {
        if (node.has(rest.get(0))) {
          walk(node, rest, at, found);
        }
        children(node, at, (to, child) -> walk(child, path, to, found));
      }
      default -> walk(node.path(path.get(0)), rest, at + YamlTree.segment(path.get(0)), found);
    }
  }

  private static void children(JsonNode node, String at, BiConsumer<String, JsonNode> visitor) {
    node.properties()
        .forEach(one -> visitor.accept(at + YamlTree.segment(one.getKey()), one.getValue()));
    if (node.isArray()) {
      for (var i = 0; i < node.size(); i++) {
        visitor.accept(at + "/" + i, node.get(i));
      }
    }
  }

  private void judge(PolicyBound bound, String at, JsonNode value, List<Violation> violations) {
    var name = Shown.of(at.substring(1).replace('/', '.'));
    if (value.isMissingNode()) {
      if (bound.required()) {
        violations.add(
            new Violation(
                at,
                "the setting '%s' is missing, and the template '%s' demands it; allowed: %s"
                    .formatted(name, template, bound.words())));
      }
    } else if (!value.isValueNode() || !bound.holds(value.asText())) {
      violations.add(
          new Violation(
              at,
              "the setting '%s' is '%s', which the policy of the template '%s' does not allow;"
                      .formatted(name, Shown.of(value.asText()), template)
                  + " allowed: "
                  + bound.words()));
    }
  }
}
