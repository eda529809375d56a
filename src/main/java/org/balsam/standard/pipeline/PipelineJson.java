package org.balsam.standard.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.balsam.standard.yaml.Shown;

/** Reads JSON that strangers wrote: bounded size and depth, no key twice, nothing behind it. */
final class PipelineJson {

  static final int MAXIMUM_BYTES = 4 << 20;

  private static final int MAXIMUM_DEPTH = 40;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAXIMUM_DEPTH)
                          .maxNumberLength(40)
                          .maxNameLength(1000)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PipelineJson() {}

  /** The document; a missing node when it could not be read. */
  static JsonNode read(byte[] json, PipelineProblems problems) {
    if (json.length > MAXIMUM_BYTES) {
      problems.add("file", "is larger than " + MAXIMUM_BYTES + " bytes");
      return MissingNode.getInstance();
    }
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException broken) {
      var at = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
      problems.add("line " + at, "is not JSON: " + Shown.of(broken.getOriginalMessage()));
      return MissingNode.getInstance();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
