package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import org.balsam.standard.gate.CheckDefinition;
import org.balsam.standard.gate.CheckRule;
import org.balsam.standard.gate.Severity;
import org.jspecify.annotations.Nullable;

/** Reads a check that conforms to the schema, with its defaults. */
final class CheckReader {

  private CheckReader() {}

  static CheckDefinition read(JsonNode check) {
    return new CheckDefinition(
        check.path("name").asText(),
        check.path("gsbpm").asText(),
        text(check, "sims"),
        check.path("dataset").asText(),
        Severity.parse(check.path("severity").asText()),
        rule(check));
  }

  private static CheckRule rule(JsonNode check) {
    var type = check.path("type").asText();
    return switch (type) {
      case "completeness" -> new CheckRule.Completeness(texts(check, "columns"), rows(check));
      case "balance" ->
          new CheckRule.Balance(
              check.path("total").asText(),
              texts(check, "parts"),
              check.path("rounded").asBoolean(false),
              number(check, "unit", BigDecimal.ONE));
      case "change" ->
          new CheckRule.Change(
              columns(check),
              check.path("lag").asInt(),
              optionalNumber(check, "max-percent"),
              optionalNumber(check, "max-z"),
              check.path("history").asInt(20));
      case "outlier" ->
          new CheckRule.Outlier(columns(check), number(check, "k", BigDecimal.valueOf(5)));
      case "minimum-count" ->
          new CheckRule.MinimumCount(
              check.path("count").asText(), number(check, "minimum", BigDecimal.valueOf(3)));
      default -> throw new IllegalStateException("the schema let check type " + type + " pass");
    };
  }

  private static CheckRule.SeriesColumns columns(JsonNode check) {
    return new CheckRule.SeriesColumns(
        text(check, "series"),
        check.path("value").asText(),
        check.path("time").asText(),
        texts(check, "only"));
  }

  private static OptionalInt rows(JsonNode check) {
    return check.has("rows") ? OptionalInt.of(check.path("rows").asInt()) : OptionalInt.empty();
  }

  private static List<String> texts(JsonNode check, String key) {
    return ProjectFileReader.list(check.path(key), JsonNode::asText);
  }

  private static @Nullable String text(JsonNode check, String key) {
    return check.has(key) ? check.path(key).asText() : null;
  }

  private static BigDecimal number(JsonNode check, String key, BigDecimal otherwise) {
    return check.has(key) ? check.path(key).decimalValue() : otherwise;
  }

  private static @Nullable BigDecimal optionalNumber(JsonNode check, String key) {
    return check.has(key) ? check.path(key).decimalValue() : null;
  }
}
