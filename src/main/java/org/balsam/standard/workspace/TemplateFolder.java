package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.yaml.LineProblems;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;

/**
 * Reads the folder of a template: manifests {@code *.yaml}, and what it is in {@code
 * properties.json} as BALSAM writes it, or in {@code workspace.yaml}, which can say more.
 */
public final class TemplateFolder {

  static final String ORIGINAL = "properties.json";
  private static final String OWN = "workspace.yaml";
  private static final Set<String> ORIGINAL_KEYS =
      new TreeSet<>(Set.of("id", "name", "description", "urlconfig"));
  private static final Set<String> OWN_KEYS =
      new TreeSet<>(
          Set.of(
              "id",
              "version",
              "title",
              "description",
              "url-file",
              "service",
              "parameters",
              "hardware",
              "roles",
              "deprecated"));
  private static final Set<String> PARAMETER_KEYS =
      new TreeSet<>(Set.of("name", "description", "schema", "default"));
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+){0,7}");
  private static final Pattern VERSION = Pattern.compile("\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}");
  private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final String SERVICE = "jupyter";

  private final TemplateFiles given;
  private final List<Problem> problems;
  private final TreeMap<String, String> files;

  private TemplateFolder(TemplateFiles given) {
    this.given = given;
    this.problems = given.problems();
    this.files = new TreeMap<>(given.texts());
  }

  /**
   * Reads it; follows no link and looks into no folder below.
   *
   * @throws Invalid with everything that is malformed
   */
  public static WorkspaceTemplate read(Path folder) {
    try {
      return new TemplateFolder(TemplateFiles.of(folder)).read();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder + " cannot be read: " + unreadable, unreadable);
    }
  }

  /**
   * Reads one that is not a folder of this machine.
   *
   * @param place what it is called in messages
   * @param contents the bytes of its files, by name
   * @throws Invalid with everything that is malformed
   */
  public static WorkspaceTemplate read(String place, Map<String, byte[]> contents) {
    return new TemplateFolder(TemplateFiles.of(place, contents)).read();
  }

  /** Whether a template may be called so. */
  static boolean isId(String id) {
    return id.length() <= 40 && ID.matcher(id).matches();
  }

  private WorkspaceTemplate read() {
    stopIfWrong();
    var own = files.remove(OWN);
    var original = files.remove(ORIGINAL);
    if ((own == null) == (original == null)) {
      problems.add(
          new Problem(
              given.place(),
              "has %s of %s and %s; exactly one says what the template is"
                  .formatted(own == null ? "none" : "both", ORIGINAL, OWN)));
    }
    stopIfWrong();
    var template = own == null ? original(original) : own(own);
    stopIfWrong();
    return template;
  }

  private WorkspaceTemplate original(String json) {
    var given = tree(ORIGINAL, json);
    var properties = new TreeMap<String, JsonNode>();
    given
        .properties()
        .forEach(one -> properties.put(one.getKey().toLowerCase(Locale.ROOT), one.getValue()));
    known(ORIGINAL, properties.keySet(), ORIGINAL_KEYS);
    return template(
        text(ORIGINAL, properties.get("id"), "Id"),
        "0.0.0+" + this.given.digest().value().substring(0, 12),
        text(ORIGINAL, properties.get("name"), "Name"),
        properties.containsKey("description") ? properties.get("description").asText() : "",
        text(ORIGINAL, properties.get("urlconfig"), "UrlConfig"),
        List.of(),
        new TemplateUse(List.of(), Set.of(), null),
        ORIGINAL);
  }

  private WorkspaceTemplate own(String yaml) {
    var given = tree(OWN, yaml);
    var keys = new TreeSet<String>();
    given.fieldNames().forEachRemaining(keys::add);
    known(OWN, keys, OWN_KEYS);
    var version = text(OWN, given.get("version"), "version");
    require(VERSION.matcher(version).matches(), OWN, "the version is not like 1.0.0");
    return template(
        text(OWN, given.get("id"), "id"),
        version,
        text(OWN, given.get("title"), "title"),
        text(OWN, given.get("description"), "description"),
        isService(given) ? "" : text(OWN, given.get("url-file"), "url-file"),
        parameters(given.path("parameters")),
        new TemplateUseReader(OWN, problems).read(given),
        OWN);
  }

  private boolean isService(JsonNode given) {
    var service = given.path("service");
    if (service.isMissingNode()) {
      return false;
    }
    require(
        service.asText().equals(SERVICE),
        OWN,
        "service is '%s'; allowed: %s".formatted(Shown.of(service.asText()), SERVICE));
    require(
        files.isEmpty() && !given.has("url-file"),
        OWN,
        "has service, and manifests or url-file as well; Balsam's own service needs none");
    require(given.has("hardware"), OWN, "hardware is missing, for example [small, medium]");
    return true;
  }

  private WorkspaceTemplate template(
      String id,
      String version,
      String title,
      String description,
      String urlFile,
      List<TemplateParameter> parameters,
      TemplateUse use,
      String where) {
    require(
        isId(id),
        where,
        "the id '%s' is not allowed; allowed: up to 40 lower-case letters, digits and single '-', a letter first"
            .formatted(Shown.of(id)));
    if (!urlFile.isEmpty()) {
      require(!files.isEmpty(), given.place(), "has no manifest; manifests are files *.yaml");
      require(
          files.containsKey(urlFile),
          where,
          "the file '%s', which has the address, is not there".formatted(Shown.of(urlFile)));
    }
    var sized =
        use.hardware().isEmpty()
            ? new TemplateUse(List.of(HardwareProfile.SMALL), use.roles(), use.deprecation())
            : use;
    return new WorkspaceTemplate(
        id, version, title, description, urlFile, parameters, sized, given.digest(), files);
  }

  private List<TemplateParameter> parameters(JsonNode given) {
    var parameters = new ArrayList<TemplateParameter>();
    var names = new TreeSet<String>();
    require(given.isMissingNode() || given.isArray(), OWN, "parameters is not a list");
    for (var one : given) {
      var name = text(OWN, one.get("name"), "name of a parameter");
      var where = OWN + ", parameter " + Shown.of(name);
      var keys = new TreeSet<String>();
      one.fieldNames().forEachRemaining(keys::add);
      known(where, keys, PARAMETER_KEYS);
      require(PARAMETER.matcher(name).matches(), where, "the name is not like cpu_limit");
      require(names.add(name), where, "is declared twice");
      var parameter =
          new TemplateParameter(
              name, one.path("description").asText(), one.path("schema"), one.get("default"));
      parameter.faults().forEach(fault -> problems.add(new Problem(where, fault)));
      parameters.add(parameter);
    }
    return parameters;
  }

  private JsonNode tree(String name, String text) {
    var found = new LineProblems(name);
    var tree = YamlTree.read(text.getBytes(StandardCharsets.UTF_8), found).root();
    if (!found.isEmpty()) {
      throw found.invalid(ErrorCode.INVALID_INPUT);
    }
    require(tree.isObject(), name, "has no keys");
    return tree;
  }

  private String text(String where, JsonNode value, String key) {
    var isLine =
        value != null
            && value.isTextual()
            && !value.textValue().isBlank()
            && value.textValue().strip().lines().count() <= 20
            && value.textValue().length() <= 2000;
    require(isLine, where, key + " is missing, or not a text of at most 2000 characters");
    return isLine ? value.textValue().strip() : "";
  }

  private void known(String where, Set<String> keys, Set<String> allowed) {
    for (var key : keys) {
      require(
          allowed.contains(key),
          where,
          "the key '%s' is not known; allowed: %s".formatted(Shown.of(key), allowed));
    }
  }

  private void require(boolean right, String where, String otherwise) {
    if (!right) {
      problems.add(new Problem(where, otherwise));
    }
  }

  private void stopIfWrong() {
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
  }
}
