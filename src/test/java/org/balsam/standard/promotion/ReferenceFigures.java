package org.balsam.standard.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.data.Offset;

/** Inputs and figures of {@code src/test/python/promotion_reference.py}: scikit-learn and scipy. */
final class ReferenceFigures {

  static final List<String> BINARY = List.of("no", "yes");
  static final Offset<Double> EXACTLY = Offset.offset(1e-9);

  private ReferenceFigures() {}

  static JsonNode expected(String figure) {
    try (var text = open("expected.json")) {
      return new ObjectMapper().readTree(text).path(figure);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static Predictions candidate() {
    return Predictions.read(open("binary-candidate.csv"), BINARY);
  }

  static Predictions champion() {
    return Predictions.read(open("binary-champion.csv"), BINARY);
  }

  static Predictions multi() {
    return Predictions.read(open("multi.csv"), List.of("a", "b", "c", "never"));
  }

  static SetTable set(String file, String... columns) {
    return SetTable.read(file, open(file), "id", Set.of(columns));
  }

  private static InputStream open(String file) {
    return Objects.requireNonNull(
        ReferenceFigures.class.getResourceAsStream("/promotion/" + file), file);
  }
}
