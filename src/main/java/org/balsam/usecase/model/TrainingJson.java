package org.balsam.usecase.model;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Facts about a training as JSON; the same facts are the same bytes. */
final class TrainingJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private TrainingJson() {}

  static byte[] write(Object facts) {
    try {
      return JSON.writeValueAsBytes(facts);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static <T> T read(byte[] json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (IOException damaged) {
      throw new UncheckedIOException("not " + type.getSimpleName(), damaged);
    }
  }
}
