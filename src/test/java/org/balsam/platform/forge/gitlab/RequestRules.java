package org.balsam.platform.forge.gitlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds requests against {@code gitlab/requests.txt}. */
final class RequestRules {

  private static final Map<String, String> TYPES =
      Map.of(
          "boolean", "true|false",
          "integer", "\\d{1,18}",
          "date", "\\d{4}-\\d\\d-\\d\\d",
          "level", "0|5|10|15|20|30|40|50");

  private final List<Rule> rules;

  private record Rule(
      String method, String[] path, Map<String, String> types, List<String> required) {

    boolean matches(String method, List<String> path) {
      if (!this.method.equals(method) || this.path.length != path.size()) {
        return false;
      }
      for (var i = 0; i < path.size(); i++) {
        if (!this.path[i].startsWith(":") && !this.path[i].equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  RequestRules() {
    try (var text = RequestRules.class.getResourceAsStream("/gitlab/requests.txt")) {
      rules =
          new String(text.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(RequestRules::rule)
              .toList();
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  private static Rule rule(String line) {
    var words = line.trim().split("\\s+");
    var types = new HashMap<String, String>();
    var required = new java.util.ArrayList<String>();
    for (var word : Arrays.copyOfRange(words, 2, words.length)) {
      var colon = word.indexOf(':');
      var name = colon < 0 ? word : word.substring(0, colon);
      var type = colon < 0 ? "[\\s\\S]+" : word.substring(colon + 1);
      if (name.endsWith("!")) {
        name = name.substring(0, name.length() - 1);
        required.add(name);
      }
      types.put(name, TYPES.getOrDefault(type, type));
    }
    return new Rule(words[0], words[1].split("/"), types, required);
  }

  /** What is wrong with a request; empty when nothing is. */
  Optional<String> violation(String method, List<String> path, Map<String, String[]> parameters) {
    var what = method + " " + path + " " + parameters.keySet() + ": ";
    var rule = rules.stream().filter(known -> known.matches(method, path)).findFirst();
    if (rule.isEmpty()) {
      return Optional.of(what + "no such call");
    }
    for (var parameter : parameters.entrySet()) {
      var type = rule.get().types().get(parameter.getKey());
      for (var value : parameter.getValue()) {
        if (type == null || !value.matches(type)) {
          return Optional.of(what + parameter.getKey() + "=" + value + " is not allowed");
        }
      }
    }
    return rule.get().required().stream()
        .filter(name -> !parameters.containsKey(name))
        .findFirst()
        .map(name -> what + name + " is missing");
  }
}
