package org.balsam.standard.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.LineProblems;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Loads the templates of a location; refuses one that is not what it says. */
final class TemplateLoader {

  private static final String DESCRIPTION = "template.yaml";
  private static final List<String> TEXTS =
      List.of("id", "title", "version", "description", "use-case", "network");
  private static final int MAXIMUM_FILE = 16 * 1024 * 1024;
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,39}");
  private static final Pattern VERSION = Pattern.compile("\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}");
  private static final Pattern PATH =
      Pattern.compile(
          "(?!(?:.*/)?(?:\\.{1,2}|(?i:\\.git))(?:/|\\z))[A-Za-z0-9_.][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.][A-Za-z0-9_.-]*)*");

  private final PathMatchingResourcePatternResolver resources =
      new PathMatchingResourcePatternResolver();
  private final String location;
  private final ProjectFileParser parser;

  TemplateLoader(String location, ProjectFileParser parser) {
    this.location = location;
    this.parser = parser;
  }

  List<LoadedTemplate> load() {
    var loaded = new ArrayList<LoadedTemplate>();
    try {
      for (var description : resources.getResources(location + "*/" + DESCRIPTION)) {
        loaded.add(load(description));
      }
    } catch (IOException unreadable) {
      throw refusal("cannot be read: " + unreadable.getMessage());
    }
    if (loaded.isEmpty()) {
      throw refusal("holds no template; each needs a folder with a " + DESCRIPTION);
    }
    return loaded;
  }

  private LoadedTemplate load(Resource description) throws IOException {
    var template = read(description);
    require(template, ID.matcher(template.id()).matches(), "the id is not lower-case words");
    require(
        template,
        description.getURL().getPath().endsWith("/" + template.id() + "/" + DESCRIPTION),
        "the folder does not have the name of the id");
    require(template, VERSION.matcher(template.version()).matches(), "the version is not x.y.z");
    var loaded = new LoadedTemplate(template, files(template, description));
    new TemplateProof(loaded, parser)
        .faults()
        .findFirst()
        .ifPresent(fault -> refuse(template, fault));
    return loaded;
  }

  private ProjectTemplate read(Resource description) throws IOException {
    var name = description.getDescription();
    var problems = new LineProblems(name);
    var tree = YamlTree.read(description.getContentAsByteArray(), problems);
    if (!problems.isEmpty()) {
      throw problems.invalid(ErrorCode.INVALID_PROJECT_FILE);
    }
    try {
      var mapper = JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();
      var template = mapper.treeToValue(tree.root(), ProjectTemplate.class);
      for (var key : TEXTS) {
        if (!tree.root().path(key).isTextual()) {
          throw new Invalid(ErrorCode.INVALID_INPUT, name, "the key '" + key + "' is missing");
        }
      }
      return template;
    } catch (JsonProcessingException malformed) {
      throw new Invalid(ErrorCode.INVALID_INPUT, name, malformed.getOriginalMessage());
    }
  }

  private Map<String, byte[]> files(ProjectTemplate template, Resource description)
      throws IOException {
    var paths = new LinkedHashSet<>(template.repository());
    template.demo().forEach(demo -> paths.add(demo.file()));
    var files = new HashMap<String, byte[]>();
    for (var path : paths) {
      require(template, PATH.matcher(path).matches(), "'" + path + "' is not a plain path");
      var file = description.createRelative(path);
      require(template, file.isReadable(), "the file '" + path + "' is not there");
      require(template, file.contentLength() <= MAXIMUM_FILE, "'" + path + "' is too large");
      files.put(path, file.getContentAsByteArray());
    }
    return files;
  }

  private void require(ProjectTemplate template, boolean condition, String otherwise) {
    if (!condition) {
      refuse(template, otherwise);
    }
  }

  private void refuse(ProjectTemplate template, String fault) {
    throw refusal("template '" + Shown.of(template.id()) + "': " + fault);
  }

  private Invalid refusal(String message) {
    return new Invalid(ErrorCode.INVALID_INPUT, "balsam.templates.location=" + location, message);
  }
}
