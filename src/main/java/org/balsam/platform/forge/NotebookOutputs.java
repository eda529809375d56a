package org.balsam.platform.forge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Leaves out of a Jupyter notebook what running it wrote: results can show confidential data. */
public final class NotebookOutputs {

  private static final ObjectMapper JSON = new ObjectMapper();

  private NotebookOutputs() {}

  /**
   * The notebook with its code and text only, the same bytes when it has nothing else; empty for
   * what is no notebook.
   */
  public static Optional<byte[]> strip(byte[] notebook) {
    try {
      var root = JSON.readTree(notebook);
      if (!root.path("cells").isArray()) {
        return Optional.empty();
      }
      var before = root.deepCopy();
      root.path("cells").forEach(NotebookOutputs::stripCell);
      if (root.path("metadata") instanceof ObjectNode metadata) {
        metadata.remove("widgets");
      }
      return Optional.of(
          root.equals(before) ? notebook : written(root).getBytes(StandardCharsets.UTF_8));
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  private static void stripCell(JsonNode cell) {
    if (cell instanceof ObjectNode fields && fields.has("outputs")) {
      fields.putArray("outputs");
      fields.putNull("execution_count");
    }
  }

  private static String written(JsonNode root) throws JsonProcessingException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
