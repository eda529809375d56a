package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import org.balsam.standard.template.ProjectFile.Pipeline;
import org.balsam.standard.template.ProjectFile.PipelineNode;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code pipeline} of a tree that conforms to schema and rules. */
final class PipelineReader {

  private PipelineReader() {}

  static Pipeline read(JsonNode pipeline) {
    var images = new HashMap<String, String>();
    pipeline
        .path("images")
        .properties()
        .forEach(
            image ->
                images.put(
                    image.getKey(), image.getValue().isNull() ? "" : image.getValue().asText()));
    var nodes = new LinkedHashMap<String, PipelineNode>();
    pipeline
        .path("nodes")
        .properties()
        .forEach(node -> nodes.put(node.getKey(), node(node.getValue())));
    return new Pipeline(
        pipeline.path("file").asText(), pipeline.path("gsbpm").asText(), images, nodes);
  }

  /** Also of a node that the file does not name: an empty object. */
  static PipelineNode node(JsonNode node) {
    var datasets = new LinkedHashMap<String, DatasetRef>();
    node.path("outputs")
        .forEach(
            output ->
                datasets.put(
                    output.path("file").asText(),
                    DatasetRef.parse(output.path("dataset").asText())));
    var resources = StepResources.read(node.path("resources"));
    return new PipelineNode(
        text(node, "name"),
        text(node, "gsbpm"),
        node.has("inputs") ? ProjectFileReader.list(node.path("inputs"), JsonNode::asText) : null,
        datasets,
        resources.timeLimit(),
        resources.maxOutputBytes(),
        ProjectFileReader.network(node));
  }

  private static @Nullable String text(JsonNode node, String key) {
    return node.has(key) ? node.path(key).asText() : null;
  }
}
