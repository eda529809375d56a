package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.balsam.standard.template.ProjectSchema.Violation;
import org.balsam.standard.yaml.Shown;

/** What the rules of one file have found, and the names that must be unique in all of it. */
final class RuleViolations {

  private final List<Violation> found = new ArrayList<>();
  private final Set<String> stepNames = new HashSet<>();
  private final Map<String, String> writers = new HashMap<>();

  List<Violation> found() {
    return found;
  }

  void add(String pointer, String message) {
    found.add(new Violation(pointer, message));
  }

  /** Demands that no earlier step of the file has the name. */
  void uniqueStep(JsonNode name, String pointer) {
    unique(stepNames, name, pointer, "step");
  }

  void unique(Set<String> names, JsonNode name, String pointer, String what) {
    if (!names.add(name.asText())) {
      add(pointer, "the " + what + " '" + Shown.of(name.asText()) + "' is declared twice");
    }
  }

  /** Demands that no other step of the file writes the dataset. */
  void onlyWriter(String dataset, String step, String pointer) {
    var writer = writers.putIfAbsent(dataset, step);
    if (writer != null && !writer.equals(step)) {
      add(
          pointer,
          "'%s' is already written by step '%s'; a dataset is written by one step"
              .formatted(Shown.of(dataset), Shown.of(writer)));
    }
  }

  static void each(JsonNode items, String pointer, BiConsumer<JsonNode, String> action) {
    for (var index = 0; index < items.size(); index++) {
      if (items.isArray()) {
        action.accept(items.get(index), pointer + "/" + index);
      }
    }
  }

  static String list(Set<String> values) {
    return values.isEmpty()
        ? "none"
        : String.join(", ", values.stream().limit(30).map(Shown::of).toList());
  }
}
