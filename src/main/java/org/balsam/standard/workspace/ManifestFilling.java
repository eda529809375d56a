package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.workspace.Placeholders.Named;
import org.balsam.standard.workspace.TemplateValue.Kind;

/**
 * Puts the values into a manifest that is read already: a text stays one text, whatever is put into
 * it. Credentials become references to the workspace's Secret, or are refused.
 */
final class ManifestFilling {

  /** Stand for what was refused, so that the other rules find nothing more in it. */
  private static final String REFUSED = "x";

  private static final String HIDDEN = "$CREDENTIAL";

  /** Rights of files, which YAML 1.1 reads as octal numbers. */
  private static final Set<String> MODES = Set.of("defaultMode", "mode");

  private static final Pattern OCTAL = Pattern.compile("0[0-7]{1,4}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String file;
  private final Placeholders placeholders;
  private final String secret;
  private final List<Problem> problems;

  /**
   * For one file.
   *
   * @param secret the name of the Secret with the credentials
   * @param problems where refusals go
   */
  ManifestFilling(String file, Placeholders placeholders, String secret, List<Problem> problems) {
    this.file = file;
    this.placeholders = placeholders;
    this.secret = secret;
    this.problems = problems;
  }

  /** The manifest with its values. */
  JsonNode fill(JsonNode manifest) {
    return fill(manifest, List.of());
  }

  private JsonNode fill(JsonNode node, List<String> path) {
    if (node.isObject()) {
      return isCredential(node, path) ? reference(node) : object(node, path);
    }
    if (node.isArray()) {
      return array(node, path);
    }
    if (!node.isTextual() || path.isEmpty()) {
      return node;
    }
    return MODES.contains(path.get(path.size() - 1)) && OCTAL.matcher(node.textValue()).matches()
        ? NODES.numberNode(Integer.parseInt(node.textValue(), 8))
        : NODES.textNode(text(node.textValue(), path));
  }

  private ObjectNode object(JsonNode node, List<String> path) {
    var filled = NODES.objectNode();
    for (var entry : node.properties()) {
      if (!placeholders.in(entry.getKey()).isEmpty()) {
        var variable = placeholders.in(entry.getKey()).get(0).name();
        problem(path, "{{" + variable + "}} cannot be the name of a key");
      }
      filled.set(entry.getKey(), fill(entry.getValue(), with(path, entry.getKey())));
    }
    return filled;
  }

  private ArrayNode array(JsonNode node, List<String> path) {
    var filled = NODES.arrayNode();
    for (var index = 0; index < node.size(); index++) {
      filled.add(fill(node.get(index), with(path, String.valueOf(index))));
    }
    return filled;
  }

  /** An entry of {@code env} whose value is a credential and nothing else. */
  private boolean isCredential(JsonNode node, List<String> path) {
    var value = node.path("value");
    return path.size() > 1
        && path.get(path.size() - 2).equals("env")
        && value.isTextual()
        && placeholders.isOne(value.textValue())
        && placeholders.in(value.textValue()).get(0).value().kind() == Kind.CREDENTIAL;
  }

  private ObjectNode reference(JsonNode entry) {
    var key = placeholders.in(entry.path("value").textValue()).get(0).value().text();
    var made = NODES.objectNode();
    made.set("name", entry.path("name"));
    made.putObject("valueFrom").putObject("secretKeyRef").put("name", secret).put("key", key);
    return made;
  }

  private String text(String text, List<String> path) {
    if (placeholders.in(text).isEmpty()) {
      return text;
    }
    var place = Place.of(path, text);
    var filled = placeholders.replace(text, found -> value(found, place, text, path));
    return place == Place.NAME ? PlainName.fit(filled) : filled;
  }

  private String value(Named found, Place place, String text, List<String> path) {
    if (found.value().kind() == Kind.CREDENTIAL) {
      var inAddress = place != Place.ADDRESS && text.contains("://") ? ", in a URL" : "";
      problem(
          path,
          "{{%s}} is a credential and could be read %s; it may be the whole value of an environment variable of a container only, for example GIT_TOKEN, which a shell reads as $GIT_TOKEN"
              .formatted(found.name(), place.words() + inAddress));
      return HIDDEN;
    }
    return found
        .value()
        .at(place)
        .orElseGet(
            () -> {
              problem(path, "{{" + found.name() + "}}: " + found.value().refusal(place));
              return REFUSED;
            });
  }

  private void problem(List<String> path, String message) {
    problems.add(new Problem(file + ", " + String.join(".", path), message));
  }

  private static List<String> with(List<String> path, String key) {
    var longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }
}
