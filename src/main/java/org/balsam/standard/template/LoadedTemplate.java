package org.balsam.standard.template;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;
import org.balsam.standard.yaml.LineProblems;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;
import org.jspecify.annotations.Nullable;

/**
 * A template with its files.
 *
 * @param files by path: those of the repository and the example data
 */
record LoadedTemplate(ProjectTemplate template, Map<String, byte[]> files) {

  static final String PROJECT = "project";

  /** Safe inside double quotes of YAML and in Markdown, without placeholders of its own. */
  private static final Pattern VALUE =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ,.:;'’()/&+–-]{0,99}");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

  Map<String, byte[]> render(Map<String, String> parameters) {
    var values = values(parameters);
    var rendered = new LinkedHashMap<String, byte[]>();
    for (var path : template.repository()) {
      rendered.put(path, fill(files.get(path), values));
    }
    return rendered;
  }

  /** Refuses a file with settings outside the bounds of the policy. */
  void requireAllowed(byte[] projectFile, String fileName) {
    var problems = new LineProblems(fileName);
    var tree = YamlTree.read(projectFile, problems);
    new TemplatePolicy(template)
        .violations(tree.root())
        .forEach(found -> problems.add(tree.line(found.pointer()), found.message()));
    if (!problems.isEmpty()) {
      throw problems.invalid(ErrorCode.INVALID_PROJECT_FILE);
    }
  }

  /** Refuses nodes of a pipeline that ask for more than the policy allows the steps of a file. */
  void requireAllowed(ProjectFile project) {
    var bounds = new TemplatePolicy(template).notRequired();
    var problems = new ArrayList<Problem>();
    project
        .steps()
        .filter(step -> step.node() != null)
        .forEach(
            step ->
                bounds
                    .violations(NodeSettings.of(step))
                    .forEach(
                        found ->
                            problems.add(
                                new Problem(
                                    "node '" + Shown.of(step.asNode().label()) + "'",
                                    found.message()))));
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_PROJECT_FILE, problems);
    }
  }

  /** Refuses parameters of a training outside the bounds of the policy. */
  void requireAllowedParameters(ModelName model, Map<String, String> parameters) {
    var file = JsonNodeFactory.instance.objectNode();
    var values =
        file.putObject("models").putObject(model.value()).putObject(TemplatePolicy.PARAMETERS);
    parameters.forEach(values::put);
    var problems =
        new TemplatePolicy(template)
            .ofParameters().violations(file).stream()
                .map(found -> new Problem(TemplatePolicy.PARAMETERS, found.message()))
                .toList();
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
  }

  /** The names of the placeholders in the files of the repository. */
  Set<String> placeholders() {
    var names = new TreeSet<String>();
    for (var path : template.repository()) {
      var text = new String(files.get(path), StandardCharsets.ISO_8859_1);
      PLACEHOLDER.matcher(text).results().forEach(found -> names.add(found.group(1)));
    }
    return names;
  }

  /** What may be given: the project and the template's own parameters. */
  Set<String> names() {
    var names = new TreeSet<>(Set.of(PROJECT));
    template.parameters().forEach(parameter -> names.add(parameter.name()));
    return names;
  }

  /** Works on bytes as they are, so that a file which is not text stays the same. */
  private static byte[] fill(byte[] file, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(new String(file, StandardCharsets.ISO_8859_1))
        .replaceAll(found -> Matcher.quoteReplacement(bytes(values.get(found.group(1)))))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String bytes(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private Map<String, String> values(Map<String, String> given) {
    var problems = new ArrayList<Problem>();
    var unknown = new HashMap<>(given);
    var values = new HashMap<String, String>();
    put(values, problems, PROJECT, unknown.remove(PROJECT));
    for (var parameter : template.parameters()) {
      var value = unknown.remove(parameter.name());
      put(values, problems, parameter.name(), value == null ? parameter.otherwise() : value);
      conform(parameter, values.get(parameter.name()), problems);
    }
    for (var name : unknown.keySet()) {
      problems.add(
          new Problem(
              Shown.of(name), "is not a parameter; allowed: " + String.join(", ", names())));
    }
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
    return values;
  }

  private static void conform(
      ProjectTemplate.Parameter parameter, @Nullable String value, List<Problem> problems) {
    if (value != null) {
      JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(parameter.schema())
          .validate(TextNode.valueOf(value))
          .forEach(
              fault ->
                  problems.add(
                      new Problem(parameter.name(), "is not allowed: " + fault.getError())));
    }
  }

  private static void put(
      Map<String, String> values, List<Problem> problems, String name, @Nullable String value) {
    if (value == null) {
      problems.add(new Problem(name, "is missing"));
    } else if (name.equals(PROJECT)) {
      values.put(name, new ProjectId(value).value());
    } else if (VALUE.matcher(value).matches()) {
      values.put(name, value);
    } else {
      problems.add(
          new Problem(
              name,
              "'%s' is not allowed; allowed: 1 to 100 letters, digits, spaces and , . : ; ' ( ) / & + -, a letter or digit first"
                  .formatted(Shown.of(value))));
    }
  }
}
