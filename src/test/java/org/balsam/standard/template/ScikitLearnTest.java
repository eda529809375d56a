package org.balsam.standard.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.balsam.kernel.Period;
import org.balsam.platform.compute.runner.StepRunner;
import org.balsam.standard.promotion.ClassFigures;
import org.balsam.standard.promotion.ClassificationMetrics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Balsam's figures against those of an independent implementation, and the template's train.py.
 * Runs with the Python of {@code target/python}, which {@code .ci/run} makes, or else that of the
 * machine; skipped without scikit-learn.
 */
class ScikitLearnTest {

  private static final Path VENV = Path.of("target/python/bin").toAbsolutePath();
  private static final Period YEAR = new Period("1998");

  @TempDir Path folder;

  private final String path =
      (Files.isExecutable(VENV.resolve("python3")) ? VENV + ":" : "") + StepRunner.DEFAULT_PATH;

  @BeforeEach
  void needScikitLearn() throws Exception {
    assumeTrue(
        python("-c", "import sklearn").exitCode() == 0,
        "skipped: this machine's python3 has no scikit-learn; .ci/run installs it in target/python");
  }

  @Test
  void balsamsFiguresAgreeWithScikitLearnsForTheModelOfTheJavaMachine() throws Exception {
    var training = training(Map.of());
    var predictions = training.score(YEAR, training.model().sets().test());

    var own = figures(ClassificationMetrics.of(predictions, training.model().positive()));

    assertAgreement(own, independent(training));
  }

  @Test
  void trainPyLearnsAnEquallyGoodModelAndItsFiguresAgreeToo() throws Exception {
    var java = training(Map.of());
    var python = training(withScikitLearn());
    var positive = java.model().positive();

    var javas = ClassificationMetrics.of(java.score(YEAR, java.model().sets().test()), positive);
    var pythons =
        ClassificationMetrics.of(python.score(YEAR, python.model().sets().test()), positive);

    assertAgreement(figures(pythons), independent(python));
    assertThat(pythons.cases()).isEqualTo(javas.cases());
    assertThat(pythons.auc()).isBetween(0.78, 0.86).isCloseTo(javas.auc(), within(0.03));
    assertThat(pythons.brier()).isCloseTo(javas.brier(), within(0.005));
    assertThat(pythons.macroF1()).isCloseTo(javas.macroF1(), within(0.06));
    assertThat(python.text("proc/model", "metrics.csv"))
        .startsWith("step,name,value\n1,train-loss,0.")
        .contains("\n1,validation-brier,0.0");
  }

  private static void assertAgreement(Map<String, Double> own, JsonNode independent) {
    assertThat(independent.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(own.keySet());
    own.forEach(
        (name, value) ->
            assertThat(value)
                .as(name)
                .isCloseTo(independent.path(name).doubleValue(), within(1e-6)));
  }

  private static Map<String, Double> figures(ClassificationMetrics metrics) {
    var figures = new TreeMap<String, Double>();
    figures.put("accuracy", metrics.accuracy());
    figures.put("auc", metrics.auc());
    figures.put("brier", metrics.brier());
    figures.put("macro-f1", metrics.macroF1());
    for (ClassFigures of : metrics.classes()) {
      figures.put("recall-" + of.name(), of.recall());
    }
    return figures;
  }

  private JsonNode independent(TrainingFixture training) throws Exception {
    var file = Files.createTempFile(folder, "predictions", ".csv");
    Files.writeString(file, training.text("proc/predictions", "predictions.csv"));
    var answer =
        python("src/test/python/sklearn_metrics.py", file.toString(), training.model().positive());
    assertThat(answer.exitCode()).as(answer.output()).isZero();
    return new ObjectMapper().readTree(answer.output());
  }

  private TrainingFixture training(Map<String, byte[]> changed) throws Exception {
    var templates =
        new ProjectTemplates(
            new TemplatesProperties("classpath*:/templates/"), new ProjectFileParser());
    var files =
        new HashMap<>(
            templates.render("ml-project", Map.of("project", TrainingFixture.PROJECT.value())));
    files.putAll(changed);
    var training =
        new TrainingFixture(Files.createTempDirectory(folder, "training"), path, files, "damage");
    training.train(YEAR, templates.demoDeliveries("ml-project").get("raw/strikes"));
    return training;
  }

  /** The template's balsam.yaml with the parts replaced that its README names. */
  private static Map<String, byte[]> withScikitLearn() throws IOException {
    var yaml =
        Files.readString(Path.of("templates/ml-project/balsam.yaml"))
            .replace("{{title}}", "Strikes")
            .replaceFirst("parameters: \\{.*}", "parameters: { c: \"1.0\", min-frequency: \"20\" }")
            .replace("java: train-classifier", "python: train.py")
            .replace("file: model.onnx", "file: model.json")
            .replace("              - { dataset: proc/model, file: training.json }\n", "")
            .replace("java: score-classifier", "command: [python3, code/train.py, score]");
    return Map.of("balsam.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private record Answer(int exitCode, String output) {}

  private Answer python(String... arguments) throws Exception {
    var venv = VENV.resolve("python3");
    var line =
        new java.util.ArrayList<>(List.of(Files.isExecutable(venv) ? venv.toString() : "python3"));
    line.addAll(List.of(arguments));
    var process = new ProcessBuilder(line).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Answer(process.exitValue(), output);
  }
}
