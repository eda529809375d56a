package org.balsam.process.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A form as its file says.
 *
 * @param file without the extension
 */
record FormModel(String file, JsonNode json) {

  private static final int NEWEST_SCHEMA_OF_TASKLIST = 16;
  private static final Set<String> WITHOUT_KEY =
      Set.of("text", "separator", "spacer", "group", "html");

  static FormModel read(String file, String json) {
    try {
      return new FormModel(file, new ObjectMapper().readTree(json));
    } catch (IOException malformed) {
      throw new UncheckedIOException(file + " is not JSON", malformed);
    }
  }

  static Optional<FormModel> find(Path folder, @Nullable String name) {
    var path = folder.resolve(name + ".form");
    if (name == null || !Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(name, Files.readString(path)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Everything that is wrong with the form by itself. */
  List<String> violations() {
    var wrong = new ArrayList<String>();
    if (!file.equals(json.path("id").asText())) {
      wrong.add("its id is not its file's name");
    }
    if (json.path("schemaVersion").asInt(99) > NEWEST_SCHEMA_OF_TASKLIST) {
      wrong.add("its schemaVersion is newer than Tasklist's form-js");
    }
    if (!"Camunda Platform".equals(json.path("executionPlatform").asText())
        || !json.path("executionPlatformVersion").asText().startsWith("7.24")) {
      wrong.add("it is not made for Camunda Platform 7.24");
    }
    var keys = new HashSet<String>();
    for (var field : fields()) {
      check(field, keys, wrong);
    }
    return wrong;
  }

  private static void check(JsonNode field, Set<String> keys, List<String> wrong) {
    var key = field.path("key").asText();
    if (!keys.add(key)) {
      wrong.add(key + " occurs twice");
    }
    if (field.path("label").asText().isBlank()) {
      wrong.add(key + " has no label");
    }
    var isConditional = field.has("conditional");
    if (!field.path("disabled").asBoolean()
        && !isConditional
        && field.path("validate").isMissingNode()) {
      wrong.add(key + " is not validated");
    }
    if (isConditional && field.path("validate").path("required").asBoolean()) {
      wrong.add(key + " keeps its error when it is hidden again; let the model demand it");
    }
    if (field.path("readonly").asBoolean()) {
      wrong.add(key + " is read-only, which Tasklist sends back all the same; use disabled");
    }
    for (var end : field.path("properties").path("ends").asText().split(",")) {
      if (!end.isEmpty() && !field.path("values").findValuesAsText("value").contains(end)) {
        wrong.add(key + " does not offer what ends its subject: " + end);
      }
    }
    if (field.path("type").asText().equals("textarea")
        && !field.path("disabled").asBoolean()
        && field.path("validate").path("maxLength").asInt(Integer.MAX_VALUE) > 4000) {
      wrong.add(key + " allows more than 4000 characters");
    }
  }

  /** The keys of all fields. */
  Set<String> keys() {
    return fields().stream().map(field -> field.path("key").asText()).collect(Collectors.toSet());
  }

  /** The keys of fields that a person fills in. */
  Set<String> writable() {
    return fields().stream()
        .filter(field -> !field.path("disabled").asBoolean())
        .map(field -> field.path("key").asText())
        .collect(Collectors.toSet());
  }

  /** The values of a radio or select field. */
  Set<String> optionsOf(@Nullable String key) {
    return fields().stream()
        .filter(field -> field.path("key").asText().equals(key))
        .flatMap(field -> field.path("values").findValuesAsText("value").stream())
        .collect(Collectors.toSet());
  }

  private List<JsonNode> fields() {
    var found = new ArrayList<JsonNode>();
    collect(json.path("components"), found);
    return found;
  }

  private static void collect(JsonNode components, List<JsonNode> found) {
    for (var component : components) {
      if (!WITHOUT_KEY.contains(component.path("type").asText())) {
        found.add(component);
      }
      collect(component.path("components"), found);
    }
  }
}
