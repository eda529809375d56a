package org.balsam.standard.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.balsam.standard.yaml.Shown;
import org.jspecify.annotations.Nullable;

/**
 * What a person may or must say about a new workspace; {@code {{Parameters.name}}} in the files.
 *
 * @param name lower-case letters, digits and {@code _}
 * @param description for people
 * @param schema a JSON Schema (2020-12) of a text, a number or a truth value
 * @param otherwise the value when none is given; null when one must be given
 */
public record TemplateParameter(
    String name, String description, JsonNode schema, @Nullable JsonNode otherwise) {

  private static final JsonMapper LITERALS =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Set<String> TYPES = Set.of("string", "integer", "number", "boolean");
  private static final int LONGEST = 200;

  /** Without references, which would be fetched, and without schemas in schemas. */
  private static final Set<String> KEYWORDS =
      new TreeSet<>(
          Set.of(
              "type",
              "enum",
              "minimum",
              "maximum",
              "exclusiveMinimum",
              "exclusiveMaximum",
              "multipleOf",
              "minLength",
              "maxLength",
              "pattern",
              "title",
              "description",
              "examples"));

  /** What is wrong with the declaration. */
  Stream<String> faults() {
    var faults = Stream.<String>builder();
    schema
        .fieldNames()
        .forEachRemaining(
            word -> {
              if (!KEYWORDS.contains(word)) {
                faults.add("the schema has '%s'; allowed: %s".formatted(Shown.of(word), KEYWORDS));
              }
            });
    if (!TYPES.contains(type())) {
      faults.add(
          "the schema's type is '" + Shown.of(type()) + "'; allowed: " + new TreeSet<>(TYPES));
    } else if (!isBounded()) {
      faults.add(
          type().equals("string")
              ? "the schema has no limit; a string needs enum, or maxLength of 1 to " + LONGEST
              : "the schema has no limits; a number needs minimum and maximum, or enum");
    }
    return faults.build();
  }

  /** What is wrong with a value: the value and what is allowed. */
  List<String> refusals(JsonNode value) {
    if (value.isTextual() && value.textValue().length() > LONGEST) {
      return List.of("is longer than " + LONGEST + " characters");
    }
    if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
      return List.of("is no number that can be written down");
    }
    try {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(schema)
          .validate(value)
          .stream()
          .map(fault -> "'%s' %s".formatted(Shown.of(value.asText()), fault.getError()))
          .toList();
    } catch (JsonSchemaException broken) {
      return List.of("cannot be judged, the schema is not one: " + Shown.of(broken.getMessage()));
    }
  }

  /** A value that the template can be tried with; null when the declaration has none. */
  @Nullable JsonNode sample() {
    return otherwise != null
        ? otherwise
        : Stream.of(schema.at("/examples/0"), schema.at("/enum/0"), schema.path("minimum"))
            .filter(JsonNode::isValueNode)
            .findFirst()
            .orElse(null);
  }

  /** A value that came as text; what is no number or truth value stays text, which is refused. */
  JsonNode typed(String text) {
    if (type().equals("string")) {
      return TextNode.valueOf(text);
    }
    try {
      var read = LITERALS.readTree(text);
      return read.isNumber() || read.isBoolean() ? read : TextNode.valueOf(text);
    } catch (JsonProcessingException noLiteral) {
      return TextNode.valueOf(text);
    }
  }

  /** {@code string}, {@code integer}, {@code number} or {@code boolean}. */
  public String type() {
    return schema.path("type").asText();
  }

  private boolean isBounded() {
    return type().equals("boolean")
        || schema.path("enum").isArray()
        || (type().equals("string")
            ? schema.path("maxLength").isIntegralNumber()
                && schema.path("maxLength").intValue() > 0
                && schema.path("maxLength").intValue() <= LONGEST
            : schema.path("minimum").isNumber() && schema.path("maximum").isNumber());
  }
}
