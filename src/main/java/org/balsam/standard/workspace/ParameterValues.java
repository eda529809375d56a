package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.yaml.Shown;

/** The values of a template's parameters for one workspace, held against their schemas. */
public final class ParameterValues {

  /** Of the variable that a parameter is in a workspace of Balsam's own service. */
  static final String VARIABLE = "BALSAM_PARAMETER_";

  /** What the file of a workspace's variables can hold. */
  private static final Pattern WRITABLE = Pattern.compile("[ -~]*");

  private ParameterValues() {}

  /**
   * The values as the environment variables of a workspace of Balsam's own service: {@code
   * BALSAM_PARAMETER_PORT}.
   *
   * @param given by name; the others have their defaults
   * @throws Invalid with every parameter that is missing, unknown or not allowed, by its name
   */
  public static Map<String, String> variables(
      WorkspaceTemplate template, Map<String, JsonNode> given) {
    var problems = new ArrayList<Problem>();
    var variables = new TreeMap<String, String>();
    values(template, given, problems)
        .forEach(
            (name, value) -> {
              var text = text(value);
              if (!WRITABLE.matcher(text).matches()) {
                problems.add(
                    new Problem(
                        name,
                        "'%s' is not allowed; allowed: letters and digits without marks, signs of ASCII, spaces"
                            .formatted(Shown.of(text))));
              }
              variables.put(VARIABLE + name.toUpperCase(Locale.ROOT), text);
            });
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
    return variables;
  }

  /**
   * Holds the values against a template of manifests.
   *
   * @throws Invalid with every parameter that is missing, unknown or not allowed, by its name
   */
  public static void check(WorkspaceTemplate template, Map<String, JsonNode> given) {
    var problems = new ArrayList<Problem>();
    values(template, given, problems);
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
  }

  /** Values that came as texts, as numbers and truth values where the template wants them. */
  public static Map<String, JsonNode> typed(WorkspaceTemplate template, Map<String, String> texts) {
    var typed = new TreeMap<String, JsonNode>();
    texts.forEach((name, text) -> typed.put(name, TextNode.valueOf(text)));
    for (var parameter : template.parameters()) {
      typed.computeIfPresent(parameter.name(), (name, text) -> parameter.typed(text.textValue()));
    }
    return typed;
  }

  /** Those that have a value that is allowed; says what is wrong with the others. */
  static Map<String, JsonNode> values(
      WorkspaceTemplate template, Map<String, JsonNode> given, List<Problem> problems) {
    var unknown = new HashMap<>(given);
    var values = new TreeMap<String, JsonNode>();
    for (var parameter : template.parameters()) {
      var said = unknown.remove(parameter.name());
      var value = said == null ? parameter.otherwise() : said;
      if (value == null) {
        problems.add(new Problem(parameter.name(), "is missing"));
        continue;
      }
      var refusals = parameter.refusals(value);
      refusals.forEach(why -> problems.add(new Problem(parameter.name(), why)));
      if (refusals.isEmpty()) {
        values.put(parameter.name(), value);
      }
    }
    var allowed = template.parameters().stream().map(TemplateParameter::name).toList();
    unknown
        .keySet()
        .forEach(
            name ->
                problems.add(
                    new Problem(Shown.of(name), "is not a parameter; allowed: " + allowed)));
    return values;
  }

  private static String text(JsonNode value) {
    return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
  }
}
