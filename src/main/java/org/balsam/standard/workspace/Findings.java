package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.yaml.Shown;

/** What is wrong with one manifest, each by its place. */
final class Findings {

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  Findings(String file) {
    this.file = file;
  }

  List<Problem> problems() {
    return problems;
  }

  void require(boolean right, String place, String otherwise) {
    if (!right) {
      problems.add(new Problem(file + ", " + place, otherwise));
    }
  }

  /** Refuses every key that is not allowed. */
  void only(JsonNode object, String place, Set<String> allowed) {
    object
        .fieldNames()
        .forEachRemaining(
            key ->
                require(
                    allowed.contains(key),
                    place + "." + Shown.of(key),
                    "is not allowed; allowed: " + String.join(", ", new TreeSet<>(allowed))));
  }

  /** Refuses what is there and not one of these values. */
  void oneOf(JsonNode value, String place, String... allowed) {
    require(
        value.isMissingNode() || value.isValueNode() && Set.of(allowed).contains(value.asText()),
        place,
        "is '%s'; allowed: %s".formatted(Shown.of(value.asText()), String.join(", ", allowed)));
  }

  /** Calls for each item with its place. */
  static void each(JsonNode list, String place, BiConsumer<JsonNode, String> visitor) {
    for (var index = 0; index < list.size(); index++) {
      visitor.accept(list.path(index), place + "." + index);
    }
  }
}
