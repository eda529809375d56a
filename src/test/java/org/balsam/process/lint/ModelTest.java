package org.balsam.process.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model and form of the product keeps every rule, and every rule can fail. */
class ModelTest {

  private static final Path MODELS = Path.of("processes");
  private static final Path FORMS = Path.of("forms");
  private static final Path FIXTURES = Path.of("src/test/resources/models");

  /** A change that breaks the sample model or form, and the rule that must notice. */
  record Breakage(String rule, String replace, String by) {}

  static Stream<Rule> rules() {
    return Stream.of(
            NamingRules.ALL,
            ExecutionRules.ALL,
            UserTaskRules.ALL,
            VariableRules.ALL,
            DiagramRules.ALL,
            LabelRules.ALL)
        .flatMap(List::stream);
  }

  static Stream<Arguments> modelsAndRules() throws IOException {
    return models().flatMap(model -> rules().map(rule -> Arguments.of(model.file(), rule, model)));
  }

  static Stream<Arguments> forms() throws IOException {
    return files(FORMS, ".form")
        .map(path -> Arguments.of(name(path), FormModel.read(name(path), text(path))));
  }

  static Stream<Breakage> modelBreakages() throws IOException {
    return breakages("broken-models.yaml").stream();
  }

  static Stream<Breakage> formBreakages() throws IOException {
    return breakages("broken-forms.yaml").stream();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("modelsAndRules")
  void modelKeepsRule(String file, Rule rule, ProcessModel model) {
    assertThat(rule.violations().apply(model)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void formIsWellMade(String file, FormModel form) {
    assertThat(form.violations()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void pictureInTheDocumentationIsOfTheModel(ProcessModel model) throws IOException {
    var page = "processes/" + model.file() + ".svg";
    var drawn = Path.of("target", "docs", page);
    Files.createDirectories(drawn.getParent());
    Files.writeString(drawn, DiagramPicture.of(model));
    var committed = Path.of("docs", page);
    assertThat(committed).as("cp %s %s", drawn, committed).hasSameTextualContentAs(drawn);
  }

  @Test
  void everyFormBelongsToATask() throws IOException {
    var used =
        models()
            .flatMap(
                model -> model.all(org.camunda.bpm.model.bpmn.instance.UserTask.class).stream())
            .map(task -> task.getCamundaFormRef())
            .collect(Collectors.toSet());
    assertThat(files(FORMS, ".form").map(ModelTest::name)).allMatch(used::contains);
  }

  @Test
  void noMessageIsSentToTwoStartsOfProcesses() throws IOException {
    var starts =
        models()
            .flatMap(
                model ->
                    model
                        .process()
                        .getChildElementsByType(
                            org.camunda.bpm.model.bpmn.instance.StartEvent.class)
                        .stream())
            .flatMap(start -> start.getEventDefinitions().stream())
            .filter(org.camunda.bpm.model.bpmn.instance.MessageEventDefinition.class::isInstance)
            .map(org.camunda.bpm.model.bpmn.instance.MessageEventDefinition.class::cast)
            .map(definition -> definition.getMessage().getName())
            .toList();
    assertThat(starts).doesNotHaveDuplicates();
  }

  @Test
  void sampleKeepsEveryRule() throws IOException {
    var sample = sample(text(FIXTURES.resolve("run-step.bpmn")));
    assertThat(rules().flatMap(rule -> rule.violations().apply(sample).stream())).isEmpty();
    assertThat(FormModel.read("sample", text(FIXTURES.resolve("sample.form"))).violations())
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("modelBreakages")
  void ruleNoticesBreakage(Breakage breakage) throws IOException {
    var sample = text(FIXTURES.resolve("run-step.bpmn"));
    assertThat(sample).contains(breakage.replace);
    var broken = sample(sample.replace(breakage.replace, breakage.by));
    var rule = rules().filter(one -> one.name().equals(breakage.rule)).findFirst().orElseThrow();
    assertThat(rule.violations().apply(broken)).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formBreakages")
  void formRuleNoticesBreakage(Breakage breakage) throws IOException {
    var sample = text(FIXTURES.resolve("sample.form"));
    assertThat(sample).contains(breakage.replace);
    var broken = FormModel.read("sample", sample.replace(breakage.replace, breakage.by));
    assertThat(broken.violations()).anySatisfy(wrong -> assertThat(wrong).contains(breakage.rule));
  }

  @Test
  void everyRuleHasABreakage() throws IOException {
    Set<String> broken = modelBreakages().map(Breakage::rule).collect(Collectors.toSet());
    assertThat(rules().map(Rule::name)).allMatch(broken::contains);
  }

  @Test
  void refusesWhatIsNotBpmn() throws IOException {
    var sample = text(FIXTURES.resolve("run-step.bpmn"));
    assertThatThrownBy(() -> sample(sample.replace("bpmn:userTask", "bpmn:wish")))
        .isInstanceOf(ModelException.class);
  }

  private static ProcessModel sample(String xml) {
    return ProcessModel.read("run-step", xml, FIXTURES);
  }

  private static Stream<ProcessModel> models() throws IOException {
    return files(MODELS, ".bpmn").map(path -> ProcessModel.read(name(path), text(path), FORMS));
  }

  private static List<Breakage> breakages(String file) throws IOException {
    return new YAMLMapper()
        .readValue(FIXTURES.resolve(file).toFile(), new TypeReference<List<Breakage>>() {});
  }

  private static Stream<Path> files(Path folder, String extension) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(extension)).sorted().toList().stream();
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString().replaceAll("\\.[a-z]+$", "");
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
