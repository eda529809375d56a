package org.balsam.usecase.lab;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.LineProblems;
import org.balsam.standard.yaml.YamlTree;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code transfer.yaml} of a lab branch: what production gets. Every part may be missing;
 * {@link #missing} says which are.
 *
 * @param methodVersion {@code v1.0.0}
 * @param tests a folder with at least one file
 * @param card a model card, or {@code datasheet} where the result is data
 * @param owner the person who will be accountable in production
 * @param production where it goes
 */
record Deliverables(
    @JsonProperty("method-version") @Nullable String methodVersion,
    @Nullable String tests,
    @Nullable String card,
    @Nullable String datasheet,
    @Nullable String runbook,
    @Nullable String owner,
    @Nullable Production production) {

  static final String FILE = "transfer.yaml";

  private static final String PERSON = "[a-z][a-z0-9._-]{1,31}";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The production project.
   *
   * @param project its id
   * @param template for a new project; left out for one that is there
   * @param name for a new project
   */
  record Production(@Nullable String project, @Nullable String template, @Nullable String name) {

    boolean isNew() {
      return !isBlank(template);
    }
  }

  /**
   * Reads the file.
   *
   * @throws Invalid when it is no such file
   */
  static Deliverables read(byte[] yaml) {
    var problems = new LineProblems(FILE);
    var tree = YamlTree.read(yaml, problems).root();
    if (!problems.isEmpty()) {
      throw problems.invalid(ErrorCode.INVALID_INPUT);
    }
    try {
      return tree.isObject()
          ? JSON.treeToValue(tree, Deliverables.class)
          : new Deliverables(null, null, null, null, null, null, null);
    } catch (UnrecognizedPropertyException unknown) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, field(unknown), "is unknown; allowed: " + allowed(unknown));
    } catch (JsonMappingException otherKind) {
      throw new Invalid(ErrorCode.INVALID_INPUT, field(otherKind), "has the wrong kind of value");
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException("a tree has no text to misread", unreadable);
    }
  }

  /**
   * What is not there yet, in words.
   *
   * @param paths all files of the branch
   * @param hasText whether a file has more than white space in it
   * @param isPerson whether somebody has this id
   */
  List<String> missing(List<String> paths, Predicate<String> hasText, Predicate<String> isPerson) {
    var missing = new ArrayList<String>();
    if (isBlank(methodVersion) || !methodVersion.matches("v\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}")) {
      missing.add("method version (method-version: v1.0.0)");
    }
    if (isBlank(tests) || !hasFiles(tests.replaceFirst("/$", ""), paths)) {
      missing.add("tests (tests: a folder with files)");
    }
    if (!isThere(card, paths, hasText) && !isThere(datasheet, paths, hasText)) {
      missing.add("card or datasheet (card: or datasheet: a file with text)");
    }
    if (!isThere(runbook, paths, hasText)) {
      missing.add("runbook (runbook: a file with text)");
    }
    if (owner == null || !owner.matches(PERSON) || !isPerson.test(owner)) {
      missing.add("named production owner (owner: the id of a person)");
    }
    if (production == null || isBlank(production.project)) {
      missing.add("production project (production: project: its id)");
    } else if (production.isNew() && isBlank(production.name)) {
      missing.add("name of the new production project (production: name:)");
    }
    return missing;
  }

  private static String field(JsonMappingException trouble) {
    return trouble.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("."));
  }

  private static String allowed(UnrecognizedPropertyException unknown) {
    return unknown.getKnownPropertyIds().stream()
        .map(Object::toString)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static boolean hasFiles(String folder, List<String> paths) {
    return paths.stream().anyMatch(path -> path.startsWith(folder + "/"));
  }

  private static boolean isThere(
      @Nullable String path, List<String> paths, Predicate<String> hasText) {
    return !isBlank(path) && paths.contains(path) && hasText.test(path);
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
