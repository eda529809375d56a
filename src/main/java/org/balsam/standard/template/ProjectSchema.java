package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;

/** The published JSON Schema of {@code balsam.yaml}, speaking to people. Thread-safe. */
final class ProjectSchema {

  /** A violation at a JSON pointer. */
  record Violation(String pointer, String message) {}

  private static final String RESOURCE = "/schema/balsam-project.schema.json";

  private final JsonNode document;
  private final JsonSchema schema;

  ProjectSchema() {
    try (var text = ProjectSchema.class.getResourceAsStream(RESOURCE)) {
      document = new ObjectMapper().readTree(text);
    } catch (IOException broken) {
      throw new UncheckedIOException(RESOURCE, broken);
    }
    schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(
                document,
                SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .regularExpressionFactory(ProjectSchema::expression)
                    .build());
  }

  /** Java's {@code $} also matches before a line break at the end, JSON Schema's does not. */
  private static RegularExpression expression(String regex) {
    var pattern = Pattern.compile(regex.replaceAll("\\$\\z", "\\\\z"));
    return value -> pattern.matcher(value).find();
  }

  List<Violation> violations(JsonNode tree) {
    var violations = new ArrayList<Violation>();
    for (var message : schema.validate(tree)) {
      if (!message.getEvaluationPath().toString().contains("/oneOf/")) {
        violations.add(violation(message));
      }
    }
    return violations;
  }

  private Violation violation(ValidationMessage message) {
    var pointer = message.getInstanceLocation().toString();
    return switch (message.getType()) {
      case "additionalProperties" ->
          new Violation(
              pointer + YamlTree.segment(message.getProperty()),
              "unknown key '" + Shown.of(message.getProperty()) + "'" + allowedKeys(message));
      case "propertyNames" ->
          new Violation(
              pointer + YamlTree.segment(message.getProperty()),
              "the key '"
                  + Shown.of(message.getProperty())
                  + "' is not allowed here; allowed: "
                  + description(message.getSchemaNode()));
      case "oneOf" ->
          new Violation(pointer, "exactly one of the keys " + keys(message) + " is needed");
      case "dependentRequired" ->
          new Violation(
              pointer,
              "the key '%s' is missing; '%s' needs it"
                  .formatted(message.getArguments()[0], message.getArguments()[1]));
      case "required" -> new Violation(pointer, missing(message));
      default -> new Violation(pointer, value(message.getInstanceNode()) + fault(message));
    };
  }

  private static String missing(ValidationMessage message) {
    return message.getEvaluationPath().toString().contains("/anyOf/")
        ? "one of the keys max-percent, max-z is needed"
        : "the key '" + message.getProperty() + "' is missing";
  }

  private String fault(ValidationMessage message) {
    return switch (message.getType()) {
      case "enum", "const" -> "is not allowed; allowed: " + words(message.getSchemaNode());
      case "pattern" -> "is not allowed; allowed: " + description(parent(message));
      case "type" -> typeFault(message);
      case "minimum", "maximum" -> rangeFault(message);
      default -> message.getError();
    };
  }

  private String rangeFault(ValidationMessage message) {
    var owner = parent(message);
    return owner.has("minimum") && owner.has("maximum")
        ? "is not allowed; allowed: %s to %s"
            .formatted(owner.path("minimum").asText(), owner.path("maximum").asText())
        : message.getError();
  }

  private String typeFault(ValidationMessage message) {
    var type = message.getSchemaNode();
    var expected = type.isArray() ? words(type).replace(", ", " or ") : type.asText();
    var hint = expected.startsWith("string") && message.getInstanceNode().isValueNode();
    var description = description(parent(message));
    return "is not of type %s%s%s"
        .formatted(
            expected,
            hint ? "; put it in quotes" : "",
            description.isEmpty() ? "" : "; allowed: " + description);
  }

  private String allowedKeys(ValidationMessage message) {
    var owner = parent(message);
    var keys = new ArrayList<String>();
    owner.path("properties").fieldNames().forEachRemaining(keys::add);
    var description = description(owner);
    return "; allowed: " + (description.isEmpty() ? String.join(", ", keys) : description);
  }

  private static String keys(ValidationMessage oneOf) {
    var keys = new ArrayList<String>();
    oneOf.getSchemaNode().forEach(branch -> keys.add(branch.path("required").path(0).asText()));
    return String.join(", ", keys);
  }

  private static String words(JsonNode allowed) {
    var words = new ArrayList<String>();
    allowed.forEach(word -> words.add(word.asText()));
    return words.isEmpty() ? allowed.asText() : String.join(", ", words);
  }

  /** The schema that holds the keyword which was violated. */
  private JsonNode parent(ValidationMessage message) {
    var keyword = message.getSchemaLocation().getFragment().toString();
    return document.at(keyword.substring(0, keyword.lastIndexOf('/')));
  }

  private String description(JsonNode owner) {
    var reference = owner.path("$ref").asText();
    var target = reference.isEmpty() ? owner : document.at(reference.substring(1));
    return target == document ? "" : target.path("description").asText();
  }

  private static String value(JsonNode value) {
    return value.isValueNode() ? "'" + Shown.of(value.asText()) + "' " : "";
  }
}
