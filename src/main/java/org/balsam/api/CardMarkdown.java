package org.balsam.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** A model card as Markdown: one section per field, lists as lists, all else as text. */
final class CardMarkdown {

  static final MediaType TYPE = new MediaType("text", "markdown");

  /** Deeper lists are written as JSON in one line: a hostile card must not grow with its depth. */
  private static final int DEEPEST_INDENT = 8;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CardMarkdown() {}

  /** Whether the caller named Markdown in {@code Accept}. */
  static boolean isWanted(@Nullable String accept) {
    return accept != null
        && MediaType.parseMediaTypes(List.of(accept)).stream()
            .anyMatch(type -> type.equalsTypeAndSubtype(TYPE));
  }

  /**
   * Writes it.
   *
   * @param card JSON; text that is not is shown as it is
   */
  static String of(String title, String card) {
    var text = new StringBuilder("# Model card of " + title + "\n");
    try {
      var fields = JSON.readTree(card).properties();
      for (var field : fields) {
        text.append("\n## ").append(escaped(words(field.getKey()))).append("\n\n");
        write(text, field.getValue(), "");
      }
    } catch (JsonProcessingException notJson) {
      text.append("\n").append(escaped(card)).append("\n");
    }
    return text.toString();
  }

  private static void write(StringBuilder text, JsonNode value, String indent) {
    if (value.isObject()) {
      value.properties().forEach(field -> item(text, indent, field.getKey(), field.getValue()));
    } else if (value.isArray()) {
      value.forEach(one -> item(text, indent, null, one));
    } else {
      text.append(indent).append(escaped(value.asText())).append("\n");
    }
  }

  private static void item(
      StringBuilder text, String indent, @Nullable String name, JsonNode value) {
    text.append(indent).append("- ");
    if (name != null) {
      text.append("**").append(escaped(words(name))).append("**: ");
    }
    if (value.isContainerNode() && indent.length() < DEEPEST_INDENT) {
      text.append("\n");
      write(text, value, indent + "  ");
    } else {
      text.append(escaped(value.isContainerNode() ? value.toString() : value.asText()));
      text.append("\n");
    }
  }

  private static String words(String key) {
    return key.replaceAll("([a-z])([A-Z])", "$1 $2").replaceAll("[-_]", " ");
  }

  /** Text that no reader of Markdown takes for markup. */
  private static String escaped(String text) {
    return text.replaceAll("([\\\\`*_{}\\[\\]<>#|!])", "\\\\$1").replaceAll("\\s+", " ");
  }
}
