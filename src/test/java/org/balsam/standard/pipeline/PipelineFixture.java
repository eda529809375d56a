package org.balsam.standard.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes pipelines as Elyra's editor does, in any version of its files. */
public final class PipelineFixture {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode document = JSON.createObjectNode();
  private final ObjectNode primary;
  private final ArrayNode nodes;
  private final int version;
  private ObjectNode last = JSON.createObjectNode();

  private PipelineFixture(int version) {
    this.version = version;
    document.put("doc_type", "pipeline").put("version", "3.0").put("id", "elyra-auto-generated");
    document.put("primary_pipeline", "primary").putArray("schemas");
    primary = document.putArray("pipelines").addObject().put("id", "primary");
    nodes = primary.putArray("nodes");
    var app = primary.putObject("app_data").put("version", version);
    app.putObject("ui_data").putArray("comments").addObject().put("content", "for people");
    app.putObject("properties").put("name", "example").put("runtime", "Generic");
  }

  public static PipelineFixture version(int version) {
    return new PipelineFixture(version);
  }

  public PipelineFixture notebook(String label, String fields) {
    return node("execution_node", "execute-notebook-node", label, fields);
  }

  public PipelineFixture python(String label, String fields) {
    return node("execution_node", "execute-python-node", label, fields);
  }

  public PipelineFixture r(String label, String fields) {
    return node("execution_node", "execute-r-node", label, fields);
  }

  /** The node's id is its label. */
  public PipelineFixture node(String type, String op, String label, String fields) {
    last = nodes.addObject().put("id", label).put("type", type).put("op", op);
    var app = last.putObject("app_data");
    app.putObject("ui_data").put("label", label).put("x_pos", 144);
    var own = version < 4 ? app : app.putObject("component_parameters");
    own.setAll((ObjectNode) read(fields));
    last.putArray("inputs").addObject().put("id", "inPort");
    last.putArray("outputs").addObject().put("id", "outPort");
    return this;
  }

  /** The last node comes after these. */
  public PipelineFixture after(String... parents) {
    var links = ((ObjectNode) last.path("inputs").get(0)).putArray("links");
    for (var parent : parents) {
      links.addObject().put("node_id_ref", parent).put("port_id_ref", "outPort");
    }
    return this;
  }

  public PipelineFixture defaults(String fields) {
    ((ObjectNode) primary.at("/app_data/properties")).set("pipeline_defaults", read(fields));
    return this;
  }

  /** Puts JSON at a place: {@code /version}, {@code /pipelines/0/app_data/version}. */
  public PipelineFixture with(String pointer, String json) {
    var end = pointer.lastIndexOf('/');
    ((ObjectNode) document.at(pointer.substring(0, end)))
        .set(pointer.substring(end + 1), read(json));
    return this;
  }

  public byte[] build() {
    return document.toString().getBytes(UTF_8);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json.replace('\'', '"'));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
