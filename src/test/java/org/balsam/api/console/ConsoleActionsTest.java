package org.balsam.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.balsam.usecase.lab.ExplorationState;
import org.balsam.usecase.model.TrainingState;
import org.balsam.usecase.project.ClosureStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of event that Balsam records has words; only those that the engine makes up have none.
 */
class ConsoleActionsTest {

  private static final Path CODE = Path.of("src/main/java/org/balsam");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:\\.[a-z]+(?:-[a-z]+)*)+)\"");
  private static final Pattern RECORDED =
      Pattern.compile("AuditEntry\\s*\\.(?:done|refused)\\(\\s*\"([a-z]+)\\.");
  private static final Pattern FILE =
      Pattern.compile(".*\\.(?:json|jsonl|yaml|csv|txt|log|zip|bundle|onnx|new)");

  /** Calls of Rocket.Chat's API, which has groups, too. */
  private static final String ROOMS = "ProjectRooms.java";

  /** What is put together of a family and a state. */
  private static final Set<String> PUT_TOGETHER =
      Set.of(
          "training." + TrainingState.CANCELLED.value(),
          "training." + TrainingState.STOPPED.value(),
          "exploration." + ExplorationState.REFUSED.value(),
          "exploration." + ExplorationState.WITHDRAWN.value(),
          "project.closure." + ClosureStage.REJECTED.value(),
          "project.closure." + ClosureStage.FAILED.value());

  @ParameterizedTest
  @ValueSource(strings = {"en", "sv"})
  void everyActionOfTheCodeHasWords(String language) throws IOException {
    var texts = texts(language);
    var actions = new TreeSet<>(PUT_TOGETHER);
    actions.addAll(literals(families(texts)));
    assertThat(actions).hasSizeGreaterThan(150);
    assertThat(words(texts)).containsExactlyInAnyOrderElementsOf(actions);
  }

  @Test
  void everyFamilyOfTheCodeHasWords() throws IOException {
    var recorded = new TreeSet<String>();
    sources().forEach(source -> recorded.addAll(ConsoleSources.groups(RECORDED, source.text())));
    assertThat(recorded).hasSizeGreaterThan(15);
    assertThat(families(texts("en"))).containsAll(recorded);
  }

  private static Set<String> literals(Set<String> families) throws IOException {
    var found = new TreeSet<String>();
    for (var source : sources()) {
      if (!source.name().endsWith(ROOMS)) {
        found.addAll(ConsoleSources.groups(LITERAL, source.text()));
      }
    }
    found.removeIf(text -> FILE.matcher(text).matches() || !families.contains(family(text)));
    return found;
  }

  private static Set<String> families(JsonNode texts) {
    return keys(texts, "actionKind.");
  }

  private static Set<String> words(JsonNode texts) {
    return keys(texts, "happened.");
  }

  private static Set<String> keys(JsonNode texts, String start) {
    var found = new TreeSet<String>();
    texts.fieldNames().forEachRemaining(found::add);
    return found.stream()
        .filter(key -> key.startsWith(start))
        .map(key -> key.substring(start.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String family(String action) {
    return action.substring(0, action.indexOf('.'));
  }

  private static JsonNode texts(String language) throws IOException {
    return new ObjectMapper()
        .readTree(ConsoleSources.FOLDER.resolve("i18n/" + language + ".json").toFile());
  }

  private static List<ConsoleSources.Source> sources() throws IOException {
    var found = new ArrayList<ConsoleSources.Source>();
    try (var files = Files.walk(CODE)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file ->
                  found.add(new ConsoleSources.Source(file.toString(), ConsoleSources.read(file))));
    }
    return found;
  }
}
