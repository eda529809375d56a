package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.balsam.standard.yaml.Shown;

/** Finds credentials that stand where they can be read. */
final class LeakRules {

  private static final String WORDS = "(?:secret|passwd|password|token|api_?key|access_?key)";

  /** {@code client_secret="…"}, {@code password: …}; not {@code token=''} and {@code $TOKEN}. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)\\b([a-z0-9_.-]{0,40}" + WORDS + "[a-z0-9_]{0,10})\\s*[=:]\\s*[\"']?[^\\s\"'$<]{4}");

  /** {@code https://user:secret@host}; not {@code https://user:$TOKEN@host}. */
  private static final Pattern IN_URL = Pattern.compile("://[^\\s/@:$]{0,100}:[^\\s/@$<]{1,200}@");

  private static final Pattern NAMED = Pattern.compile("(?i).*" + WORDS + "(?:_id)?");

  private LeakRules() {}

  /** What is wrong with a text that holds a credential as it is. */
  static Optional<String> literal(String text) {
    if (IN_URL.matcher(text).find()) {
      return Optional.of("has a URL with a password in it; use an environment variable");
    }
    var assigned = ASSIGNED.matcher(text);
    return assigned.find()
        ? Optional.of(
            "has a value for '%s', which everybody can read who sees the template; use an environment variable from a Secret"
                .formatted(Shown.of(assigned.group(1))))
        : Optional.empty();
  }

  /** Whether a variable of a container has a credential as it is. */
  static boolean isLiteral(JsonNode variable) {
    var value = variable.path("value").asText();
    return NAMED.matcher(variable.path("name").asText()).matches()
        && !value.isEmpty()
        && !value.contains("$(")
        && !value.startsWith("/");
  }

  /**
   * The variable from a Secret that Kubernetes would write into the text; empty when there is none.
   */
  static Optional<String> expanded(JsonNode container, String text) {
    for (var variable : container.path("env")) {
      var name = variable.path("name").asText();
      if (variable.at("/valueFrom/secretKeyRef").isObject() && text.contains("$(" + name + ")")) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }
}
