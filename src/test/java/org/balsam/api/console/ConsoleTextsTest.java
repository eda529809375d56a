package org.balsam.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.audit.AuditEntry;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Period;
import org.balsam.kernel.Role;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.AliasMove;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.gate.ResourceApproval;
import org.balsam.standard.promotion.CardField;
import org.balsam.standard.promotion.FairnessGap;
import org.balsam.standard.promotion.PromotionCriterion;
import org.balsam.standard.promotion.PromotionFinding;
import org.balsam.standard.promotion.PromotionVerdict;
import org.balsam.usecase.lab.ExplorationState;
import org.balsam.usecase.lab.Outcome;
import org.balsam.usecase.model.RollbackState;
import org.balsam.usecase.model.TrainingState;
import org.balsam.usecase.model.TrainingTrigger;
import org.balsam.usecase.project.ProjectState;
import org.balsam.usecase.round.RevisionType;
import org.balsam.usecase.round.RoundState;
import org.balsam.usecase.round.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text of the console exists in every language, and none is there for nothing. */
class ConsoleTextsTest {

  private static final Pattern TEXT = Pattern.compile("\\bt\\(\\s*'([\\w.-]+)'");
  private static final Pattern COUNTED = Pattern.compile("\\bmany\\(\\s*'([\\w.-]+)'");
  private static final Pattern KIND = Pattern.compile("\\b(?:one|state|badge)\\(\\s*'([\\w-]+)'");
  private static final Pattern COMPUTED = Pattern.compile("\\b(?:t|many)\\(\\s*[^'\\s)]");
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  @ParameterizedTest
  @ValueSource(strings = {"en", "sv"})
  void everyTextThatIsShownIsThere(String language) throws IOException {
    assertThat(texts(language).keySet()).containsAll(shown());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "sv"})
  void noTextIsThereForNothing(String language) throws IOException {
    var kinds = ConsoleSources.matches(KIND);
    var unused = new TreeSet<>(texts(language).keySet());
    unused.removeAll(shown());
    unused.removeIf(key -> kinds.contains(key.substring(0, Math.max(0, key.indexOf('.')))));
    assertThat(unused).isEmpty();
  }

  @Test
  void bothLanguagesHaveTheSameTextsWithTheSamePlaces() throws IOException {
    var english = texts("en");
    var swedish = texts("sv");
    assertThat(swedish.keySet()).isEqualTo(english.keySet());
    english.forEach(
        (key, text) -> {
          assertThat(swedish.get(key)).as(key).isNotBlank();
          assertThat(places(swedish.get(key))).as(key).isEqualTo(places(text));
        });
  }

  /** A key that is put together would escape the search for keys above. */
  @Test
  void keysAreWrittenOut() {
    assertThat(ConsoleSources.modules())
        .filteredOn(file -> !file.name().equals("i18n.js"))
        .allSatisfy(
            file -> assertThat(COMPUTED.matcher(file.text()).find()).as(file.name()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyValueHasItsText(Kind kind) throws IOException {
    assertThat(texts("en").keySet())
        .containsAll(kind.values().map(value -> kind.name() + "." + value).toList());
  }

  record Kind(String name, Stream<String> values) {}

  static Stream<Kind> kinds() {
    return Stream.of(
        kind("roundState", RoundState.values(), RoundState::value),
        kind("projectState", ProjectState.values(), ProjectState::value),
        kind("outcome", AuditEntry.Outcome.values(), ConsoleTextsTest::lower),
        kind("actorKind", Actor.Kind.values(), ConsoleTextsTest::lower),
        kind("hardware", HardwareProfile.values(), HardwareProfile::value),
        kind("network", NetworkClass.values(), ConsoleTextsTest::lower),
        kind("trigger", Trigger.values(), Trigger::value),
        kind("revision", RevisionType.values(), RevisionType::value),
        kind("role", Role.values(), Role::value),
        kind("frequency", Period.Frequency.values(), Period.Frequency::value),
        kind(
            "stepState",
            org.balsam.standard.step.StepState.values(),
            state -> state.name().toLowerCase(Locale.ROOT)),
        kind("trainingState", TrainingState.values(), TrainingState::value),
        kind("trigger", TrainingTrigger.values(), TrainingTrigger::value),
        kind("rollbackState", RollbackState.values(), RollbackState::value),
        kind("move", AliasMove.Kind.values(), AliasMove.Kind::value),
        kind("alias", Alias.values(), Alias::value),
        kind("verdict", PromotionVerdict.values(), PromotionVerdict::value),
        kind("finding", PromotionFinding.values(), PromotionFinding::value),
        kind("gateCheck", PromotionCriterion.values(), PromotionCriterion::id),
        kind("measure", FairnessGap.Measure.values(), FairnessGap.Measure::value),
        kind("card", CardField.values(), CardField::key),
        kind("card", CardField.Section.values(), CardField.Section::key),
        kind("explorationState", ExplorationState.values(), ExplorationState::value),
        kind("outcome", Outcome.values(), Outcome::value),
        kind("approval", ResourceApproval.values(), ResourceApproval::value),
        kind("workspaceState", WorkspaceRuntime.State.values(), WorkspaceRuntime.State::value));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <T> Kind kind(String name, T[] values, Function<T, String> value) {
    return new Kind(name, Arrays.stream(values).map(value));
  }

  private static TreeSet<String> shown() {
    var keys = new TreeSet<>(ConsoleSources.matches(TEXT));
    for (var counted : ConsoleSources.matches(COUNTED)) {
      keys.add(counted + ".one");
      keys.add(counted + ".other");
    }
    assertThat(keys).hasSizeGreaterThan(50);
    return keys;
  }

  private static TreeSet<String> places(String text) {
    return ConsoleSources.groups(PLACE, text);
  }

  private static Map<String, String> texts(String language) throws IOException {
    return new ObjectMapper()
        .readValue(
            ConsoleSources.FOLDER.resolve("i18n/" + language + ".json").toFile(),
            new TypeReference<>() {});
  }
}
