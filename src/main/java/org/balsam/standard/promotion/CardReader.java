package org.balsam.standard.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.standard.promotion.CardField.Section;
import org.balsam.standard.yaml.LineProblems;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;

/** Reads the parts of a model card that people write. */
final class CardReader {

  private static final int MAXIMUM_TEXT = 4_000;
  private static final int MAXIMUM_PARAGRAPHS = 50;

  private final LineProblems problems;
  private final Map<CardField, List<String>> fields = new EnumMap<>(CardField.class);

  CardReader(String fileName) {
    problems = new LineProblems(fileName);
  }

  ModelCard read(byte[] yaml) {
    var tree = YamlTree.read(yaml, problems);
    if (tree.root().isObject()) {
      tree.root().fieldNames().forEachRemaining(key -> section(tree, key));
    } else if (problems.isEmpty()) {
      problems.add(1, "is not a mapping; allowed: " + sections());
    }
    if (!problems.isEmpty()) {
      throw problems.invalid(ErrorCode.INVALID_INPUT);
    }
    return new ModelCard(fields);
  }

  private void section(YamlTree tree, String key) {
    var pointer = YamlTree.segment(key);
    var found = Arrays.stream(Section.values()).filter(each -> each.key().equals(key)).findFirst();
    if (found.isEmpty()) {
      problems.add(
          tree.line(pointer),
          "unknown section '%s'; allowed: %s".formatted(Shown.of(key), sections()));
      return;
    }
    var node = tree.root().get(key);
    if (!node.isObject()) {
      problems.add(tree.line(pointer), "the section '" + key + "' has no fields");
      return;
    }
    node.fieldNames()
        .forEachRemaining(
            name ->
                field(
                    found.get(),
                    name,
                    node.get(name),
                    tree.line(pointer + YamlTree.segment(name))));
  }

  private void field(Section section, String name, JsonNode value, int line) {
    var known =
        Arrays.stream(CardField.values()).filter(each -> each.section() == section).toList();
    var found = known.stream().filter(each -> each.key().equals(name)).findFirst();
    if (found.isEmpty() || found.get().generated()) {
      problems.add(
          line,
          "the field '%s' %s; allowed in '%s': %s"
              .formatted(
                  Shown.of(name),
                  found.isEmpty() ? "is unknown" : "is filled by Balsam, leave it out",
                  section.key(),
                  written(known)));
      return;
    }
    fields.put(found.get(), paragraphs(name, value, line));
  }

  private List<String> paragraphs(String name, JsonNode value, int line) {
    var paragraphs = new ArrayList<String>();
    for (var item : value.isArray() ? value : List.of(value)) {
      if (!item.isValueNode() || item.asText().length() > MAXIMUM_TEXT) {
        problems.add(
            line,
            "'%s' is not a text of at most %d characters, or a list of such texts"
                .formatted(name, MAXIMUM_TEXT));
      } else if (!item.isNull() && !item.asText().isBlank()) {
        paragraphs.add(item.asText().strip());
      }
    }
    if (paragraphs.size() > MAXIMUM_PARAGRAPHS) {
      problems.add(line, "'%s' has more than %d texts".formatted(name, MAXIMUM_PARAGRAPHS));
    }
    return paragraphs;
  }

  private static String written(List<CardField> fields) {
    return fields.stream()
        .filter(field -> !field.generated())
        .map(CardField::key)
        .collect(Collectors.joining(", "));
  }

  private static String sections() {
    return Arrays.stream(CardField.values())
        .filter(field -> !field.generated())
        .map(field -> field.section().key())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
