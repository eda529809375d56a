package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import org.balsam.standard.template.ProjectFile.Step;

/** The settings of a node as a step of {@code balsam.yaml} would write them. */
final class NodeSettings {

  private NodeSettings() {}

  /** A file with one stage and one step. */
  static JsonNode of(Step step) {
    var file = JsonNodeFactory.instance.objectNode();
    var settings = file.putArray("stages").addObject().putArray("steps").addObject();
    var demand = step.resources();
    settings
        .put("name", step.name())
        .put("gsbpm", step.gsbpm())
        .put("network", step.network().name().toLowerCase(Locale.ROOT))
        .put("image", step.asNode().image());
    settings
        .putObject("resources")
        .put("cpu", demand.cpu())
        .put("memory", demand.memoryMib() + "Mi")
        .put("gpu", demand.gpu())
        .put("time", demand.timeLimit().toString())
        .put("output", (demand.maxOutputBytes() >> 20) + "Mi");
    return file;
  }
}
