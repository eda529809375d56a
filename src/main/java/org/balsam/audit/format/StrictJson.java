package org.balsam.audit.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;

/** Reads JSON as hostile: no duplicate keys, nothing behind the value, shallow, short numbers. */
public final class StrictJson {

  private static final ObjectReader READER =
      new JsonMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(20)
                          .maxStringLength(1 << 20)
                          .build())
                  .build())
          .readerFor(Map.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  /**
   * Reads one object.
   *
   * @throws IOException if it is anything else than one well-formed object
   */
  public static Map<String, Object> object(byte[] json) throws IOException {
    Map<String, Object> object = READER.readValue(json);
    if (object == null) {
      throw new IOException("not a JSON object");
    }
    return object;
  }
}
