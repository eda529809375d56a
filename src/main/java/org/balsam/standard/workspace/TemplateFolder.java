package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.Sha256;
import org.balsam.standard.yaml.LineProblems;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;

/**
 * Reads the folder of a template: manifests {@code *.yaml}, and what it is in {@code
 * properties.json} as BALSAM writes it, or in {@code workspace.yaml}, which can say more.
 */
public final class TemplateFolder {

  private static final String ORIGINAL = "properties.json";
  private static final String OWN = "workspace.yaml";
  private static final Set<String> ORIGINAL_KEYS =
      new TreeSet<>(Set.of("id", "name", "description", "urlconfig"));
  private static final Set<String> OWN_KEYS =
      new TreeSet<>(Set.of("id", "version", "title", "description", "url-file", "parameters"));
  private static final Set<String> PARAMETER_KEYS =
      new TreeSet<>(Set.of("name", "description", "schema", "default"));
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+){0,7}");
  private static final Pattern VERSION = Pattern.compile("\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final int MOST_FILES = 40;

  private final Path folder;
  private final List<Problem> problems = new ArrayList<>();
  private final TreeMap<String, String> files = new TreeMap<>();

  private TemplateFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads it; follows no link and looks into no folder below.
   *
   * @throws Invalid with everything that is malformed
   */
  public static WorkspaceTemplate read(Path folder) {
    var reader = new TemplateFolder(folder);
    try {
      return reader.read();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder + " cannot be read: " + unreadable, unreadable);
    }
  }

  private WorkspaceTemplate read() throws IOException {
    readFiles();
    var own = files.remove(OWN);
    var original = files.remove(ORIGINAL);
    if ((own == null) == (original == null)) {
      problems.add(
          new Problem(
              folder.toString(),
              "has %s of %s and %s; exactly one says what the template is"
                  .formatted(own == null ? "none" : "both", ORIGINAL, OWN)));
    }
    require(!files.isEmpty(), folder.toString(), "has no manifest; manifests are files *.yaml");
    stopIfWrong();
    var template = own == null ? original(original) : own(own);
    stopIfWrong();
    return template;
  }

  private void readFiles() throws IOException {
    require(Files.isDirectory(folder), folder.toString(), "is not a folder");
    stopIfWrong();
    List<Path> found;
    try (var listed = Files.list(folder)) {
      found = listed.sorted().limit(MOST_FILES + 1L).toList();
    }
    require(found.size() <= MOST_FILES, folder.toString(), "has more than 40 files");
    for (var file : found) {
      var name = file.getFileName().toString();
      if (name.equals(ORIGINAL) || name.endsWith(".yaml")) {
        read(file, name);
      }
    }
  }

  private void read(Path file, String name) throws IOException {
    var isPlain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    require(isPlain, Shown.of(name), "is not a plain file; links are not followed");
    require(FILE.matcher(name).matches(), Shown.of(name), "is no plain file name");
    if (!isPlain) {
      return;
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      var bytes = in.readNBytes(YamlTree.MAXIMUM_BYTES + 1);
      require(bytes.length <= YamlTree.MAXIMUM_BYTES, name, "is larger than 256 KiB");
      files.put(
          name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      problems.add(new Problem(name, "is not UTF-8 text"));
    }
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
        "0.0.0+" + checksum(),
        text(ORIGINAL, properties.get("name"), "Name"),
        properties.containsKey("description") ? properties.get("description").asText() : "",
        text(ORIGINAL, properties.get("urlconfig"), "UrlConfig"),
        List.of(),
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
        text(OWN, given.get("url-file"), "url-file"),
        parameters(given.path("parameters")),
        OWN);
  }

  private WorkspaceTemplate template(
      String id,
      String version,
      String title,
      String description,
      String urlFile,
      List<TemplateParameter> parameters,
      String where) {
    require(
        ID.matcher(id).matches() && id.length() <= 40,
        where,
        "the id '%s' is not allowed; allowed: up to 40 lower-case letters, digits and single '-', a letter first"
            .formatted(Shown.of(id)));
    require(
        files.containsKey(urlFile),
        where,
        "the file '%s', which has the address, is not there".formatted(Shown.of(urlFile)));
    return new WorkspaceTemplate(id, version, title, description, urlFile, parameters, files);
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

  private String checksum() {
    SortedMap<String, String> all = files;
    return Sha256.of(all.toString()).value().substring(0, 12);
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
