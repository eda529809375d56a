package org.balsam.standard.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.balsam.kernel.Invalid;
import org.balsam.standard.pipeline.Pipeline.Node;
import org.balsam.standard.yaml.Shown;

/**
 * Reads Elyra's {@code .pipeline} files up to version 8. The text is taken as hostile: at most 4
 * MiB, 40 levels, 100 nodes. Only generic nodes are known: notebooks, Python and R scripts. May be
 * called from any thread.
 */
public final class PipelineParser {

  private static final int NEWEST = 8;

  /** Before it, files were relative to the top folder of the repository. */
  private static final int FILES_BESIDE_PIPELINE = 2;

  private static final int MOST_NODES = 100;

  private final String path;
  private final PipelineProblems problems;

  private PipelineParser(String path) {
    this.path = path;
    this.problems = new PipelineProblems(path);
  }

  /**
   * Reads a pipeline.
   *
   * @param path of the file in the repository
   * @throws Invalid INVALID_PROJECT_FILE with every problem found, by node and field
   */
  public static Pipeline parse(byte[] json, String path) {
    return new PipelineParser(path).parse(json);
  }

  private Pipeline parse(byte[] json) {
    var document = PipelineJson.read(json, problems);
    problems.raise();
    var primary = primary(document);
    problems.raise();
    var version = version(primary);
    problems.raise();
    var nodes = nodes(primary, version);
    problems.raise();
    refuseCycles(nodes);
    problems.raise();
    return new Pipeline(nodes);
  }

  private JsonNode primary(JsonNode document) {
    require("doc_type", document.path("doc_type"), "pipeline");
    require("version", document.path("version"), "3.0");
    var id = document.path("primary_pipeline");
    var found = new ArrayList<JsonNode>();
    document
        .path("pipelines")
        .forEach(
            one -> {
              if (id.isTextual() && one.path("id").equals(id)) {
                found.add(one);
              }
            });
    if (found.size() != 1) {
      problems.add(
          "primary_pipeline",
          "'%s' names %d pipelines of the file; it must name one"
              .formatted(Shown.of(id.asText()), found.size()));
    }
    return found.isEmpty() ? document : found.get(0);
  }

  private void require(String field, JsonNode value, String allowed) {
    if (!value.isTextual() || !value.asText().equals(allowed)) {
      problems.add(
          field,
          "'%s' is not allowed; allowed: \"%s\"".formatted(Shown.of(value.asText()), allowed));
    }
  }

  private int version(JsonNode primary) {
    var version = primary.path("app_data").path("version");
    if (version.isMissingNode()) {
      return 0;
    }
    if (!version.isIntegralNumber()
        || !version.canConvertToInt()
        || version.asInt() < 0
        || version.asInt() > NEWEST) {
      problems.add(
          "app_data.version",
          "'%s' is not known; allowed: 0 to %d".formatted(Shown.of(version.asText()), NEWEST));
    }
    return version.asInt();
  }

  private List<Node> nodes(JsonNode primary, int version) {
    var properties = primary.path("app_data").path("properties");
    if (!NodeFields.isEmpty(properties.path("pipeline_parameters"))) {
      problems.add("pipeline_parameters", "are not honoured; use env_vars of the nodes");
    }
    var defaults = properties.path("pipeline_defaults");
    if (!NodeFields.isEmpty(defaults) && !defaults.isObject()) {
      problems.add("pipeline_defaults", "must be an object with fields of nodes");
    }
    var all = new ArrayList<JsonNode>();
    primary.path("nodes").forEach(all::add);
    if (all.isEmpty() || all.size() > MOST_NODES) {
      problems.add("nodes", "there are " + all.size() + "; allowed: 1 to " + MOST_NODES);
      return List.of();
    }
    var ids =
        all.stream()
            .filter(node -> !node.path("type").asText().equals("binding"))
            .map(node -> node.path("id").asText())
            .collect(Collectors.toSet());
    var reader = new NodeReader(problems, defaults, folder(version));
    var seen = new HashSet<String>();
    var labels = new HashSet<String>();
    var nodes = new ArrayList<Node>();
    for (var node : all) {
      var label = NodeReader.label(node);
      if (isExecution(node, label) && isNew(node, label, seen, labels)) {
        nodes.add(reader.read(node, label, parents(node, label, ids)));
      }
    }
    return nodes;
  }

  private String folder(int version) {
    return version < FILES_BESIDE_PIPELINE ? "" : path.substring(0, path.lastIndexOf('/') + 1);
  }

  private boolean isExecution(JsonNode node, String label) {
    var type = node.path("type").asText();
    switch (type) {
      case "execution_node" -> {
        return true;
      }
      case "binding" -> {
        return false;
      }
      case "super_node" ->
          problems.add(label, "type", "is a super-node; put its nodes into the pipeline itself");
      default ->
          problems.add(
              label, "type", "'" + Shown.of(type) + "' is not known; allowed: execution_node");
    }
    return false;
  }

  private boolean isNew(JsonNode node, String label, Set<String> ids, Set<String> labels) {
    var id = node.path("id").asText();
    if (id.isBlank()) {
      problems.add(label, "id", "is missing");
    } else if (!ids.add(id)) {
      problems.add(label, "id", "'" + Shown.of(id) + "' is the id of another node");
    } else if (!labels.add(label)) {
      problems.add(label, "label", "two nodes have this label; give each its own");
    } else {
      return true;
    }
    return false;
  }

  private Set<String> parents(JsonNode node, String label, Set<String> ids) {
    var parents = new TreeSet<String>();
    for (var input : node.path("inputs")) {
      for (var link : input.path("links")) {
        var parent = link.path("node_id_ref").asText();
        if (!ids.contains(parent) || parent.isBlank()) {
          problems.add(
              label, "inputs.links", "'" + Shown.of(parent) + "' is not a node of the pipeline");
        } else if (!link.path("port_id_ref").asText("outPort").equals("outPort")) {
          problems.add(
              label,
              "inputs.links",
              "'%s' is a port of a super-node or custom component; allowed: outPort"
                  .formatted(Shown.of(link.path("port_id_ref").asText())));
        } else {
          parents.add(parent);
        }
      }
    }
    return parents;
  }

  private void refuseCycles(List<Node> nodes) {
    var cycle = PipelineOrder.unreachable(nodes);
    if (!cycle.isEmpty()) {
      problems.add(
          "nodes",
          "wait for each other in a circle: "
              + cycle.stream()
                  .limit(20)
                  .map(node -> "'" + Shown.of(node.label()) + "'")
                  .collect(Collectors.joining(", "))
              + "; remove a link");
    }
  }
}
