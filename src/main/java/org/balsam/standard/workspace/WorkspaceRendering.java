package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.yaml.LineProblems;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;
import org.jspecify.annotations.Nullable;

/** Makes the manifests of one workspace from a template. For one use by one thread. */
public final class WorkspaceRendering {

  private static final String PARAMETERS = "Parameters.";

  private final WorkspaceTemplate template;
  private final WorkspaceValues values;
  private final Placeholders placeholders = new Placeholders();
  private final Set<String> names = new TreeSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private boolean isReadable = true;

  private WorkspaceRendering(WorkspaceTemplate template, WorkspaceValues values) {
    this.template = template;
    this.values = values;
  }

  /**
   * Makes them.
   *
   * @param parameters the given values by name; the others have their defaults
   * @throws Invalid with every parameter and every place that is not allowed
   */
  public static WorkspaceManifests render(
      WorkspaceTemplate template, WorkspaceValues values, Map<String, JsonNode> parameters) {
    return new WorkspaceRendering(template, values).render(parameters);
  }

  private WorkspaceManifests render(Map<String, JsonNode> parameters) {
    values.variables(template.id()).forEach(placeholders::put);
    names.addAll(values.variables(template.id()).keySet());
    put(parameters);
    stopIfWrong();
    var objects = new TreeMap<String, JsonNode>();
    template
        .files()
        .forEach((name, text) -> read(name, text).ifPresent(tree -> objects.put(name, tree)));
    if (!isReadable) {
      stopIfWrong();
    }
    objects.forEach(this::place);
    problems.addAll(ManifestRules.problems(objects, values.secret()));
    var url = url(objects.get(template.urlFile()));
    stopIfWrong();
    objects.values().forEach(PodRules::confine);
    return new WorkspaceManifests(
        values.workspace(), objects, url, values.secret(), secretKeys(objects));
  }

  private void put(Map<String, JsonNode> given) {
    template.parameters().forEach(parameter -> names.add(PARAMETERS + parameter.name()));
    ParameterValues.values(template, given, problems).forEach(this::put);
  }

  private void put(String parameter, JsonNode value) {
    if (value.isNumber()) {
      placeholders.literal(PARAMETERS + parameter, value.decimalValue().toPlainString());
    } else if (value.isBoolean()) {
      placeholders.literal(PARAMETERS + parameter, value.booleanValue());
    } else {
      placeholders.put(PARAMETERS + parameter, TemplateValue.parameter(value.asText()));
    }
  }

  private Optional<JsonNode> read(String name, String text) {
    var wrong = ManifestText.check(name, text, names);
    if (!wrong.isEmpty()) {
      problems.addAll(wrong.invalid(ErrorCode.INVALID_INPUT).problems());
      isReadable = false;
      return Optional.empty();
    }
    try {
      var rendered = ManifestText.render(text, placeholders.tree());
      if (rendered.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
        return Optional.empty();
      }
      var found = new LineProblems(name);
      var tree = YamlTree.read(rendered.getBytes(StandardCharsets.UTF_8), found).root();
      if (found.isEmpty()) {
        return Optional.of(
            new ManifestFilling(name, placeholders, values.secret(), problems).fill(tree));
      }
      found.invalid(ErrorCode.INVALID_INPUT).problems().forEach(this::shown);
    } catch (IOException malformed) {
      problems.add(new Problem(name, String.valueOf(malformed.getMessage())));
    }
    isReadable = false;
    return Optional.empty();
  }

  /** Without the words that stand for values. */
  private void shown(Problem problem) {
    problems.add(
        new Problem(
            problem.where(),
            placeholders.replace(problem.message(), found -> "{{" + found.name() + "}}")));
  }

  /** A template does not choose the namespace; as BALSAM has it, it may name the project's. */
  private void place(String file, JsonNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      var given = metadata.path("namespace").asText(values.namespace());
      if (!given.equals(values.namespace()) && !given.endsWith("-" + values.project())) {
        problems.add(
            new Problem(
                file + ", metadata.namespace",
                "is '%s'; a workspace is in the namespace of its project: leave it out, or write proj-{{Project.Id}}"
                    .formatted(Shown.of(given))));
      }
      metadata.set("namespace", JsonNodeFactory.instance.textNode(values.namespace()));
    }
  }

  private @Nullable URI url(@Nullable JsonNode object) {
    var said =
        object == null
            ? ""
            : object.path("metadata").path("annotations").path(WorkspaceTemplate.URL).asText();
    try {
      var url = URI.create(said);
      if (url.getHost() != null
          && Set.of("http", "https").contains(url.getScheme())
          && url.getRawUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException malformed) {
      // said below
    }
    problems.add(
        new Problem(
            template.urlFile() + ", metadata.annotations." + WorkspaceTemplate.URL,
            "is '%s'; needed: an address https://host/path".formatted(Shown.of(said))));
    return null;
  }

  private static List<String> secretKeys(Map<String, JsonNode> objects) {
    var keys = new TreeSet<String>();
    objects
        .values()
        .forEach(
            object ->
                object
                    .findValues("secretKeyRef")
                    .forEach(reference -> keys.add(reference.path("key").asText())));
    return List.copyOf(keys);
  }

  private void stopIfWrong() {
    if (!problems.isEmpty()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, problems.stream().distinct().limit(LineProblems.LIMIT).toList());
    }
  }
}
