package org.balsam.platform.compute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** How specifications and results of jobs are written as JSON. Safe from any thread. */
public final class JobJson {

  /** The largest specification or result that is read, in bytes. */
  private static final long MAX_BYTES = 16L << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JobJson() {}

  /** The JSON of a specification or a result. */
  public static byte[] write(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("job documents are plain records", impossible);
    }
  }

  /**
   * Reads a specification; every component must be there.
   *
   * @throws Invalid when the file is missing, too large, or not a specification
   */
  public static JobSpec readSpec(Path file) {
    return readWhole(file, JobSpec.class);
  }

  /**
   * Reads a document of which every component must be there.
   *
   * @throws Invalid when the file is missing, too large, or not of this type
   */
  public static <T> T readWhole(Path file, Class<T> type) {
    return read(
        file,
        type,
        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
  }

  /**
   * Reads a document that an earlier version may have written, without components added since.
   *
   * @throws Invalid when the file is missing, too large, or not of this type
   */
  public static <T> T readEarlier(Path file, Class<T> type) {
    return read(file, type);
  }

  /**
   * Reads a result document.
   *
   * @throws Invalid when it is not a result
   */
  public static JobStatus readStatus(byte[] document) {
    return read("result", document, JobStatus.class);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param name of the document, for the error
   * @throws Invalid when it is not of this type
   */
  public static <T> T read(String name, byte[] document, Class<T> type) {
    try {
      return MAPPER.readValue(document, type);
    } catch (IOException malformed) {
      throw new Invalid(ErrorCode.INVALID_INPUT, name, String.valueOf(malformed.getMessage()));
    }
  }

  /**
   * Reads a result document.
   *
   * @throws Invalid when the file is missing, too large, or not a result
   */
  public static JobStatus readStatus(Path file) {
    return read(file, JobStatus.class);
  }

  private static <T> T read(Path file, Class<T> type, DeserializationFeature... strict) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw invalid(file, "is larger than 16 MiB");
      }
      T document = MAPPER.readerFor(type).withFeatures(strict).readValue(Files.readAllBytes(file));
      if (document == null) {
        throw invalid(file, "holds null instead of an object");
      }
      return document;
    } catch (JsonProcessingException malformed) {
      throw invalid(file, malformed.getOriginalMessage());
    } catch (IOException unreadable) {
      throw invalid(file, "cannot be read: " + unreadable);
    }
  }

  private static Invalid invalid(Path file, String message) {
    return new Invalid(ErrorCode.INVALID_INPUT, file.toString(), message);
  }
}
