package org.balsam.standard.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.balsam.standard.yaml.Shown;

/**
 * The fields of one node, wherever its file's version keeps them, with the pipeline's defaults
 * behind them.
 */
final class NodeFields {

  /** Names before version 1 of the files. */
  private static final Map<String, List<String>> FORMER =
      Map.of(
          "filename", List.of("notebook", "artifact"),
          "runtime_image", List.of("docker_image"),
          "env_vars", List.of("vars"),
          "dependencies", List.of("file_dependencies"),
          "include_subdirectories", List.of("recursive_dependencies"));

  private final PipelineProblems problems;
  private final String label;
  private final JsonNode own;
  private final JsonNode outer;
  private final JsonNode defaults;

  NodeFields(PipelineProblems problems, String label, JsonNode appData, JsonNode defaults) {
    this.problems = problems;
    this.label = label;
    this.own = appData.path("component_parameters");
    this.outer = appData;
    this.defaults = defaults;
  }

  void problem(String field, String message) {
    problems.add(label, field, message);
  }

  /** The node's own value, or the default. */
  JsonNode value(String field) {
    var value = ownValue(field);
    return isEmpty(value) ? defaults.path(field) : value;
  }

  private JsonNode ownValue(String field) {
    for (var place : List.of(own, outer)) {
      if (place.has(field)) {
        return place.path(field);
      }
      for (var former : FORMER.getOrDefault(field, List.of())) {
        if (place.has(former)) {
          return place.path(former);
        }
      }
    }
    return MissingNode.getInstance();
  }

  static boolean isEmpty(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || value.isContainerNode() && value.isEmpty()
        || value.isTextual() && value.asText().isBlank();
  }

  /** A text; empty when it is left out. */
  String text(String field) {
    var value = value(field);
    if (!isEmpty(value) && !value.isTextual()) {
      problem(field, "must be a text");
    }
    return isEmpty(value) ? "" : value.asText();
  }

  boolean isTrue(String field) {
    var value = value(field);
    if (!isEmpty(value) && !value.isBoolean()) {
      problem(field, "must be true or false");
    }
    return value.asBoolean(false);
  }

  /** A whole number; 0 when it is left out. */
  int number(String field, int least, int most) {
    var value = value(field);
    if (isEmpty(value)) {
      return 0;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.asInt() < least
        || value.asInt() > most) {
      problem(
          field,
          "'%s' is not allowed; allowed: a whole number from %d to %d"
              .formatted(Shown.of(value.asText()), least, most));
      return 0;
    }
    return value.asInt();
  }

  /** The items of the defaults, then those of the node; empty ones are left out. */
  List<JsonNode> items(String field) {
    var items = new ArrayList<JsonNode>();
    for (var list : List.of(defaults.path(field), ownValue(field))) {
      if (!isEmpty(list) && !list.isArray()) {
        problem(field, "must be a list");
      }
      list.forEach(items::add);
    }
    items.removeIf(NodeFields::isEmpty);
    return items;
  }

  /** Texts, each once. */
  List<String> texts(String field) {
    var texts = new ArrayList<String>();
    for (var item : items(field)) {
      if (item.isTextual()) {
        texts.add(item.asText());
      } else {
        problem(field, "must be a list of texts");
      }
    }
    return texts.stream().distinct().toList();
  }
}
