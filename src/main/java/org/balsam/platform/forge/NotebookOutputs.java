package org.balsam.platform.forge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Leaves out of a Jupyter notebook what running it wrote: results can show confidential data. */
public final class NotebookOutputs {

  private static final Pattern REPEATED = Pattern.compile("(?s)Duplicate field '(.*)'");

  /** Python writes and reads {@code NaN} and {@code Infinity}, which JSON does not know. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private NotebookOutputs() {}

  /**
   * The notebook with its code and text only, the same bytes when it has nothing else; empty for
   * what is no notebook of format 4 that can be read: nobody knows then what is in it.
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

  /** The key that an object of it has twice, of which readers see different ones. */
  static Optional<String> repeatedKey(byte[] notebook) {
    try {
      JSON.readTree(notebook);
      return Optional.empty();
    } catch (JsonProcessingException trouble) {
      var repeated = REPEATED.matcher(trouble.getOriginalMessage());
      return repeated.lookingAt() ? Optional.of(repeated.group(1)) : Optional.empty();
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
