package org.balsam.standard.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JobSpec;
import org.balsam.standard.promotion.PromotionThreshold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectFileModelsTest {

  private static final String MODEL =
      """
      balsam: 1
      product: { title: Strikes, type: experimental, frequency: year, unit: strikes }
      inputs:
        strikes: { dataset: raw/strikes }
        codes: { dataset: raw/codes }
      models:
        damage:
          title: Does a strike damage the aircraft?
          method: v1.0.0
          task: classification
          target: damage
          positive: "1"
          row: id
          classes: ["0", "1"]
          list-classes: ["1"]
          groups: [phase]
          features: { operator: category, height: number }
          seed: 19900101
          parameters: { epochs: "8", learning-rate: "0.1" }
          personal-data: false
          image: null
          reproduce: true
          rollback: previous
          card: model-card.yaml
          inputs: [strikes]
          stages:
            - name: prepare
              steps:
                - name: prepare
                  sql: steps/prepare.sql
                  inputs: [strikes]
                  outputs:
                    - { dataset: std/train, file: train.csv }
                    - { dataset: std/validation, file: validation.csv }
                    - { dataset: std/test, file: test.csv }
                    - { dataset: std/latest, file: latest.csv }
            - name: train
              steps:
                - name: train
                  java: train-classifier
                  arguments: ["--quiet"]
                  inputs: [std/train, std/validation]
                  outputs:
                    - { dataset: proc/model, file: model.onnx }
                    - { dataset: proc/model, file: metrics.csv }
          sets: { train: std/train, validation: std/validation, test: std/test, latest: std/latest }
          artefact: proc/model
          predict: { name: score, java: score-classifier }
          thresholds: { ece: 0.04, psi-review: 0.2, min-auc: 0.75 }
      """;

  private final ProjectFileParser parser = new ProjectFileParser();

  @Test
  void readsEverythingThatAModelSays() {
    var file = parse(MODEL);

    assertThat(file.hasRounds()).isFalse();
    assertThat(file.models()).containsOnlyKeys("damage");
    var model = file.models().get("damage");
    assertThat(model.name()).isEqualTo("damage");
    assertThat(model.method()).isEqualTo("v1.0.0");
    assertThat(model.task()).isEqualTo(ProjectFile.Task.CLASSIFICATION);
    assertThat(model.target()).isEqualTo("damage");
    assertThat(model.positive()).isEqualTo("1");
    assertThat(model.row()).isEqualTo("id");
    assertThat(model.classes()).containsExactly("0", "1");
    assertThat(model.listClasses()).containsExactly("1");
    assertThat(model.groups()).containsExactly("phase");
    assertThat(model.features().keySet()).containsExactly("operator", "height");
    assertThat(model.features().values())
        .containsExactly(ProjectFile.FeatureKind.CATEGORY, ProjectFile.FeatureKind.NUMBER);
    assertThat(model.seed()).isEqualTo(19900101);
    assertThat(model.parameters()).isEqualTo(Map.of("epochs", "8", "learning-rate", "0.1"));
    assertThat(model.personalData()).isFalse();
    assertThat(model.dpia()).isNull();
    assertThat(model.image()).isNull();
    assertThat(model.reproduce()).isTrue();
    assertThat(model.rollback()).isEqualTo("previous");
    assertThat(model.card()).isEqualTo("model-card.yaml");
    assertThat(model.inputs()).containsExactly("strikes");
    assertThat(model.thresholds())
        .isEqualTo(
            Map.of(
                "ece", new BigDecimal("0.04"),
                "psi-review", new BigDecimal("0.2"),
                "min-auc", new BigDecimal("0.75")));
  }

  @Test
  void readsTheStepsOfAModel() {
    var model = parse(MODEL).models().get("damage");

    assertThat(model.stages())
        .extracting(ProjectFile.Stage::name)
        .containsExactly("prepare", "train");
    assertThat(model.steps())
        .extracting(ProjectFile.Step::name)
        .containsExactly("prepare", "train");
    var train = model.writerOf(model.artefact()).orElseThrow();
    assertThat(train.command())
        .isEqualTo(new JobSpec.Command(JobSpec.Kind.JAVA, "train-classifier", List.of("--quiet")));
    assertThat(train.gsbpm()).isEmpty();
    assertThat(train.inputs())
        .extracting(ProjectFile.StepInput::folder)
        .containsExactly("std_train", "std_validation");
    assertThat(train.files(model.artefact())).containsExactly("model.onnx", "metrics.csv");
    assertThat(model.sets().byName().keySet())
        .containsExactly("train", "validation", "test", "latest");
    assertThat(model.csvFile(model.sets().latest())).isEqualTo("latest.csv");
    assertThat(model.predict().command().file()).isEqualTo("score-classifier");
    assertThat(model.predict().outputs()).isEmpty();
    assertThat(parse(MODEL).allSteps())
        .extracting(ProjectFile.Step::name)
        .containsExactly("prepare", "train", "score");
  }

  @Test
  void fillsInTheDefaults() {
    var model =
        parse(
                MODEL
                    .replace("    reproduce: true\n", "")
                    .replace("    image: null\n", "")
                    .replace("    groups: [phase]\n", "")
                    .replaceAll("    thresholds: .*\n", ""))
            .models()
            .get("damage");

    assertThat(model.reproduce()).isTrue();
    assertThat(model.image()).isNull();
    assertThat(model.groups()).isEmpty();
    assertThat(model.thresholds()).isEmpty();
    assertThat(model.predict().resources().memoryMib()).isEqualTo(512);
    assertThat(model.predict().network()).isEqualTo(JobSpec.NetworkClass.OFFLINE);
  }

  @Test
  void aFileMayHaveRoundsAndModels() {
    var both =
        MODEL
            + """
            stages:
              - name: tables
                steps:
                  - name: tables
                    gsbpm: "6.1"
                    sql: steps/tables.sql
                    inputs: [strikes]
                    outputs: [{ dataset: out/strikes, file: strikes.csv }]
            release: [out/strikes]
            """;

    var file = parse(both);

    assertThat(file.hasRounds()).isTrue();
    assertThat(file.steps()).extracting(ProjectFile.Step::name).containsExactly("tables");
    assertThat(refusal(both.replace("name: score", "name: tables")).getMessage())
        .contains("the step 'tables' is declared twice");
    assertThat(refusal(both.replace("out/strikes", "std/train")).getMessage())
        .contains("'std/train' is already written by step 'tables'");
    assertThat(
            refusal(
                    both.replace(
                        "inputs: [strikes]\n        outputs",
                        "inputs: [std/train]\n        outputs"))
                .getMessage())
        .contains("'std/train' is neither an input of this file");
  }

  private static final String SCORING =
      MODEL.replace("inputs:\n  strikes", "inputs:\n  pinned: { model: damage@1.0.10 }\n  strikes")
          + """
          stages:
            - name: code
              steps:
                - name: code
                  gsbpm: "5.2"
                  java: score-classifier
                  inputs: [pinned, strikes]
                  outputs: [{ dataset: out/coded, file: predictions.csv }]
          release: [out/coded]
          """;

  @Test
  void aStepOfARoundAppliesOneOfTheFilesModels() {
    var file = parse(SCORING);

    var step = file.step("code").orElseThrow();
    assertThat(step.command().kind()).isEqualTo(JobSpec.Kind.JAVA);
    assertThat(step.inputs())
        .extracting(ProjectFile.StepInput::folder)
        .containsExactly("model", "set");
    assertThat(file.applied(step)).contains(file.models().get("damage"));
    assertThat(file.applied(file.models().get("damage").predict())).isEmpty();
    var training = SCORING.indexOf("java: score-classifier\n");
    assertThat(
            refusal(
                    SCORING.substring(0, training)
                        + SCORING.substring(training).replace("score-", "train-"))
                .getMessage())
        .contains("allowed: score-classifier");
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inputs: [pinned, strikes] | inputs: [strikes]                | applies one model to one dataset
          inputs: [pinned, strikes] | inputs: [pinned]                 | applies one model to one dataset
          inputs: [pinned, strikes] | inputs: [pinned, strikes, codes] | applies one model to one dataset
          model: damage@1.0.10      | model: other@1.0.10              | 'other' is not among the models of this file
          file: predictions.csv     | file: coded.csv                  | writes one file; allowed: predictions.csv
          """)
  void refusesAStepThatCannotApplyAModel(String good, String bad, String message) {
    var broken = SCORING.replace(good, bad);
    assertThat(broken).isNotEqualTo(SCORING);
    assertThat(refusal(broken).getMessage()).contains(message);
  }

  @ParameterizedTest(name = "{0} → {1}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          damage:                  | da:                          | 7  | the key 'da' is not allowed here; allowed: 3 to 24 lower-case letters
          damage:                  | a-b-c-d-e:                   | 7  | the key 'a-b-c-d-e' is not allowed here
          damage:                  | "../../x":                   | 7  | the key '../../x' is not allowed here
          method: v1.0.0           | method: 1.0.0                | 9  | '1.0.0' is not allowed; allowed: a method version, for example v1.0.0
          method: v1.0.0           | methods: v1.0.0              | 9  | unknown key 'methods'; allowed: title, method, task
          method: v1.0.0           | methods: v1.0.0              | 7  | the key 'method' is missing
          task: classification     | task: regression             | 10 | 'regression' is not allowed; allowed: classification
          target: damage           | target: "a,b"                | 11 | 'a,b' is not allowed; allowed: a column's name
          target: damage           | target: id                   | 13 | 'id' is the target; choose another column
          target: damage           | target: height               | 17 | 'height' is the target and cannot be a feature; remove it
          target: damage           | target: phase                | 16 | 'phase' is the target and cannot be a group; remove it
          row: id                  | row: operator                | 17 | 'operator' is the row and cannot be a feature; remove it
          row: id                  | row: phase                   | 16 | 'phase' is the row and cannot be a group; remove it
          positive: "1"            | positive: "2"                | 12 | '2' is not a class of this model; allowed: 0, 1
          positive: "1"            | positive: 1                  | 12 | '1' is not of type string; put it in quotes; allowed: a class in quotes
          positive: "1"            | image: null                  | 14 | a model with two classes needs the key 'positive'; allowed: 0, 1
          classes: ["0", "1"]      | classes: ["0"]               | 14 | at least 2 items
          classes: ["0", "1"]      | classes: ["0", "0"]          | 14 | unique
          classes: ["0", "1"]      | classes: ["0", "1", "x,y"]   | 14 | 'x,y' is not allowed; allowed: a class in quotes
          classes: ["0", "1"]      | classes: ["0", "1", "2"]     | 12 | 'positive' is for models with two classes, this one has 3; remove it
          list-classes: ["1"]      | list-classes: ["9"]          | 15 | '9' is not a class of this model; allowed: 0, 1
          height: number           | height: text                 | 17 | 'text' is not allowed; allowed: category, number
          height: number           | "he:ight": number            | 17 | the key 'he:ight' is not allowed here; allowed: a column's name
          { operator: category, height: number } | {}             | 17 | at least 1 properties
          seed: 19900101           | seed: 4294967296             | 18 | '4294967296' is not allowed; allowed: 0 to 4294967295
          seed: 19900101           | seed: -1                     | 18 | '-1' is not allowed; allowed: 0 to 4294967295
          epochs: "8"              | epochs: 8                    | 19 | '8' is not of type string; put it in quotes
          epochs: "8"              | Epochs: "8"                  | 19 | the key 'Epochs' is not allowed here
          epochs: "8"              | learning_rate: "8"           | 19 | the parameter 'learning-rate' becomes BALSAM_PARAM_LEARNING_RATE as the model's parameter 'learning_rate' does; rename one
          personal-data: false     | personal-data: true          | 20 | a model on personal data needs the key 'dpia'
          personal-data: false     | dpia: DPIA 7                 | 7  | the key 'personal-data' is missing
          image: null              | image: python:3.12           | 21 | 'python:3.12' is not allowed; allowed: an image with its digest
          image: null              | image: 7                     | 21 | '7' is not of type string or null; put it in quotes; allowed: an image with its digest
          rollback: previous       | rollback: yesterday          | 23 | 'yesterday' is not allowed; allowed: previous (the champion before), or a version of this model, for example 1.2.0
          rollback: previous       | reproduced: no               | 7  | the key 'rollback' is missing
          card: model-card.yaml    | card: ../card.yaml           | 24 | '../card.yaml' is not allowed; allowed: a path inside the repository
          inputs: [strikes]        | inputs: [strike]             | 25 | 'strike' is not an input of this file; allowed: codes, strikes
          inputs: [strikes]        | inputs: [codes]              | 31 | 'strikes' is neither an input of this model nor a dataset that an earlier stage writes; allowed: codes
          - name: train            | - name: prepare              | 37 | the stage 'prepare' is declared twice
          name: score              | name: train                  | 48 | the step 'train' is declared twice
          java: train-classifier   | java: rm                     | 40 | 'rm' is not allowed; allowed: train-classifier, score-classifier
          java: train-classifier   | shell: ls                    | 39 | exactly one of the keys sql, python, r, notebook, command, java is needed
          java: train-classifier   | python: train.py             | 39 | the key 'java' is missing; 'arguments' needs it
          inputs: [std/train, std/validation] | inputs: [std/test] | 47 | 'proc/model' is computed
          file: train.csv          | file: train.parquet          | 46 | 'std/train' has no CSV file to read; allowed: proc/model, std/latest, std/test, std/validation
          train: std/train,        | train: std/training,         | 46 | 'std/training' is not written by any step; allowed: proc/model, std/latest, std/test
          train: std/train,        | train: std/validation,       | 46 | 'std/validation' is the set 'train' too
          test: std/test,          |                              | 46 | the key 'test' is missing
          artefact: proc/model     | artefact: proc/models        | 47 | 'proc/models' is not written by any step
          file: model.onnx         | file: model.csv              | 45 | 'proc/model' already has a CSV file
          predict: { name: score,  | predict: {                   | 48 | the key 'name' is missing
          java: score-classifier   | java: train-classifier       | 48 | 'train-classifier' is not allowed; allowed: score-classifier
          java: score-classifier   | sql: a.sql, inputs: [strikes] | 48 | unknown key 'inputs'; allowed: name, gsbpm, sql
          java: score-classifier } | java: score-classifier, parameters: { epochs: "1" } } | 48 | the parameter 'epochs' becomes BALSAM_PARAM_EPOCHS as the model's parameter 'epochs' does; rename one
          ece: 0.04                | ece: 0.6                     | 49 | '0.6' is not allowed; allowed: 0 to 0.5
          ece: 0.04                | ece: "0.04"                  | 49 | '0.04' is not of type number
          ece: 0.04                | fame: 1                      | 49 | unknown key 'fame'; allowed: macro-f1-drop, recall-drop
          min-auc: 0.75            | min-auc: 0.4                 | 49 | '0.4' is not allowed; allowed: 0.5 to 1
          psi-review: 0.2          | psi-review: 0.3              | 49 | psi-review 0.3 is larger than psi-block 0.25; allowed: psi-review up to psi-block
          psi-review: 0.2          | psi-block: 0.05              | 49 | psi-review 0.10 is larger than psi-block 0.05
          """)
  void namesLineFaultAndAllowedValues(String good, String bad, int line, String message) {
    var broken =
        MODEL.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad == null ? "" : bad));
    assertThat(broken).isNotEqualTo(MODEL);

    assertThat(refusal(broken).problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.where()).isEqualTo("balsam.yaml:" + line);
              assertThat(problem.message()).contains(message);
            });
  }

  @Test
  void aModelMustNotSeeWhatItIsJudgedOn() {
    var direct = MODEL.replace("[std/train, std/validation]", "[std/train, std/test]");
    var detour =
        MODEL
            .replace("[std/train, std/validation]", "[std/train, proc/shape]")
            .replace(
                "\n      - name: train\n        steps",
                """

                - name: shape
                  steps:
                    - name: shape
                      sql: steps/shape.sql
                      inputs: [std/latest]
                      outputs: [{ dataset: proc/shape, file: shape.csv }]
                - name: train
                  steps"""
                    .indent(6)
                    .stripTrailing());

    assertThat(refusal(direct).getMessage())
        .contains(
            "'proc/model' is computed from 'std/test', the set 'test'; a model must not see what it is judged on");
    assertThat(refusal(detour).getMessage())
        .contains("'proc/model' is computed from 'std/latest', the set 'latest'");
    assertThat(
            refusal(MODEL.replace("[std/train, std/validation]", "[std/validation]")).getMessage())
        .contains("'proc/model' is not computed from 'std/train', the set 'train'");
  }

  @Test
  void anArtefactIsMoreThanItsMetrics() {
    var broken = MODEL.replace("              - { dataset: proc/model, file: model.onnx }\n", "");

    assertThat(refusal(broken).getMessage()).contains("'proc/model' has no file but metrics.csv");
  }

  @Test
  void onlyBinaryModelsHaveAnArea() {
    var broken =
        MODEL
            .replace("    positive: \"1\"\n", "")
            .replace("[\"0\", \"1\"]", "[\"0\", \"1\", \"2\"]");

    assertThat(refusal(broken).getMessage())
        .contains("'min-auc' is for models with the key 'positive'; remove it");
  }

  @Test
  void theThresholdsAreThoseOfTheGate() throws Exception {
    var schema =
        new ObjectMapper()
            .readTree(Path.of("src/main/resources/schema/balsam-project.schema.json").toFile());
    var declared = schema.at("/$defs/thresholds/properties");

    assertThat(declared.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PromotionThreshold.values()).map(PromotionThreshold::key).toList());
    for (var threshold : PromotionThreshold.values()) {
      var bounds = declared.path(threshold.key());
      assertThat(bounds.path("minimum").decimalValue())
          .isBetween(threshold.lowest(), threshold.highest());
      assertThat(bounds.path("maximum").decimalValue()).isEqualByComparingTo(threshold.highest());
      if (bounds.has("default")) {
        assertThat(bounds.path("default").decimalValue())
            .isEqualByComparingTo(threshold.standard());
      }
    }
  }

  @Test
  void withoutModelsAFileNeedsStages() {
    var none = MODEL.substring(0, MODEL.indexOf("models:"));

    assertThat(refusal(none).problems())
        .extracting(Invalid.Problem::message)
        .containsExactlyInAnyOrder("the key 'stages' is missing", "the key 'release' is missing");
    assertThat(refusal(MODEL + "release: [out/x]\n").getMessage())
        .contains("the key 'stages' is missing; 'release' needs it");
    assertThat(refusal(none + "models: {}\n").getMessage()).contains("at least 1 properties");
  }

  @Test
  void hostileTextInAModelIsRefusedAndShownHarmlessly() {
    assertThat(refusal(MODEL.replace("operator: category", "operator: &x category")).getMessage())
        .contains("anchors and aliases");
    assertThat(refusal(MODEL.replace("seed: 19900101", "seed: !!java.net.URL [x]")).getMessage())
        .contains("tag");
    assertThat(refusal(MODEL.replace("target: damage", "target: \"a\\e[31m\"")).getMessage())
        .doesNotContain("\u001b");
    assertThat(refusal(MODEL.replace("seed: 19900101", "seed: 1e400")).getMessage())
        .contains("balsam.yaml:18");
    assertThat(refusal(MODEL.replace("[strikes]", "[[[[strikes]]]]")).getMessage())
        .contains("balsam.yaml:25");
    assertThat(refusal("balsam: 1\nmodels: [a]\n").getMessage()).contains("is not of type object");
    assertThat(refusal("balsam: 1\nmodels: { damage: 7, other: null, some: [] }\n").getMessage())
        .contains("is not of type object");
    assertThat(
            refusal("balsam: 1\nmodels: { damage: { stages: {a: b}, sets: x, classes: 1 } }\n")
                .getMessage())
        .contains("is not of type array");
  }

  private ProjectFile parse(String yaml) {
    return parser.parse(yaml.getBytes(StandardCharsets.UTF_8), "balsam.yaml");
  }

  private Invalid refusal(String yaml) {
    var refusal = catchThrowableOfType(Invalid.class, () -> parse(yaml));
    assertThat(refusal).as("the file is accepted").isNotNull();
    return refusal;
  }
}
