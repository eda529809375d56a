package org.balsam.standard.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Period.Frequency;
import org.balsam.platform.compute.JobSpec;
import org.balsam.standard.gate.CheckRule;
import org.balsam.standard.gate.ProductType;
import org.balsam.standard.gate.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectFileParserTest {

  private static final String MINIMAL =
      """
      balsam: 1
      product:
        title: Jobs
        type: official
        frequency: quarter
        unit: jobs
      inputs:
        ces:
          dataset: raw/ces
          known: { r0: 2, default: 3 }
        previous:
          dataset: rel/jobs
          of: previous-revision
          required: false
      stages:
        - name: integrate
          steps:
            - name: integrate
              gsbpm: "5.1"
              sql: steps/integrate.sql
              inputs: [ces]
              outputs:
                - { dataset: std/months, file: months.csv }
        - name: tables
          steps:
            - name: tables
              gsbpm: "6.1"
              command: [java, -jar, tables.jar]
              inputs: [std/months, previous]
              outputs:
                - { dataset: out/jobs, file: jobs.csv }
              parameters: { any: "string value" }
              resources: { cpu: 2, memory: 2Gi, gpu: 1, time: PT1H30M, output: 1Gi }
              network: internal
      release:
        - out/jobs
      checks:
        - name: nonfarm-balance
          type: balance
          gsbpm: "5.3"
          sims: A7
          dataset: std/months
          severity: block
          total: nonfarm
          parts: [private, government]
      """;

  private final ProjectFileParser parser = new ProjectFileParser();

  @Test
  void readsEverythingThatTheFileSays() {
    var file = parse(MINIMAL);

    assertThat(file.product())
        .isEqualTo(
            new ProjectFile.Product("Jobs", ProductType.OFFICIAL, Frequency.QUARTER, "jobs"));
    assertThat(file.inputs()).containsOnlyKeys("ces", "previous");
    var ces = file.inputs().get("ces");
    assertThat(ces.isMonthly()).isTrue();
    assertThat(ces.required()).isTrue();
    assertThat(List.of(ces.knownMonths(0), ces.knownMonths(1), ces.knownMonths(7)))
        .containsExactly(2, 3, 3);
    var previous = file.inputs().get("previous");
    assertThat(previous.of()).isEqualTo(ProjectFile.Earlier.PREVIOUS_REVISION);
    assertThat(previous.required()).isFalse();

    assertThat(file.stepCount(0)).isEqualTo(1);
    var tables = file.step("tables").orElseThrow();
    assertThat(tables.command())
        .isEqualTo(
            new JobSpec.Command(JobSpec.Kind.COMMAND, "java", List.of("-jar", "tables.jar")));
    assertThat(tables.inputs())
        .containsExactly(
            new ProjectFile.StepInput("std_months", null, new DatasetRef(Layer.STD, "months")),
            new ProjectFile.StepInput("previous", "previous", new DatasetRef(Layer.REL, "jobs")));
    assertThat(tables.parameters()).isEqualTo(Map.of("any", "string value"));
    assertThat(tables.resources())
        .isEqualTo(new JobSpec.Resources(2, 2048, 1, Duration.ofMinutes(90), 1024L * 1024 * 1024));
    assertThat(tables.network()).isEqualTo(JobSpec.NetworkClass.INTERNAL);
    assertThat(file.release()).containsExactly(new DatasetRef(Layer.OUT, "jobs"));
    assertThat(file.csvFile(new DatasetRef(Layer.STD, "months"))).contains("months.csv");
    assertThat(file.writerOf(new DatasetRef(Layer.OUT, "jobs"))).contains(tables);

    var check = file.checks().get(0);
    assertThat(check.severity()).isEqualTo(Severity.BLOCK);
    assertThat(check.sims()).isEqualTo("A7");
    assertThat(check.rule())
        .isEqualTo(
            new CheckRule.Balance(
                "nonfarm", List.of("private", "government"), false, BigDecimal.ONE));
  }

  @Test
  void anInputCanBeAModelOfTheProject() {
    var file =
        parse(
            MINIMAL
                .replace("inputs:\n  ces:", "inputs:\n  coder: { model: damage@1.0.10 }\n  ces:")
                .replaceFirst("inputs: \\[ces]", "inputs: [ces, coder]"));
    assertThat(file.modelInputs()).containsOnlyKeys("coder");
    assertThat(file.modelInputs().get("coder").value()).isEqualTo("damage@1.0.10");
    assertThat(file.inputs()).doesNotContainKey("coder");
    assertThat(file.inputNames()).contains("ces", "previous", "coder");
    assertThat(file.isMonthly("coder")).isFalse();
    assertThat(file.step("integrate").orElseThrow().inputs())
        .contains(new ProjectFile.StepInput("coder", "coder", null));
  }

  @Test
  void aModelInputThatIsNotOneIsRefused() {
    for (var wrong :
        List.of(
            "{ model: damage }",
            "{ model: damage@1.0 }",
            "{ model: damage@1.0.0, dataset: raw/ces }",
            "{ model: damage@1.0.0, required: false }",
            "{ model: damage@1.0.0, known: { default: 1 } }")) {
      var text = MINIMAL.replace("inputs:\n  ces:", "inputs:\n  coder: " + wrong + "\n  ces:");
      assertThat(catchThrowableOfType(org.balsam.kernel.Invalid.class, () -> parse(text)))
          .as(wrong)
          .hasMessageContaining("balsam.yaml:8:");
    }
  }

  @Test
  void fillsInTheDefaults() {
    var integrate = parse(MINIMAL).step("integrate").orElseThrow();

    assertThat(integrate.command())
        .isEqualTo(new JobSpec.Command(JobSpec.Kind.SQL, "steps/integrate.sql", List.of()));
    assertThat(integrate.resources())
        .isEqualTo(new JobSpec.Resources(1, 512, 0, Duration.ofMinutes(5), 100L * 1024 * 1024));
    assertThat(integrate.network()).isEqualTo(JobSpec.NetworkClass.OFFLINE);
    assertThat(integrate.parameters()).isEmpty();
  }

  @ParameterizedTest(name = "{0} → {1}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          balsam: 1                  | balsam: 2                     | 1  | '2' is not allowed; allowed: 1
          type: official             | type: secret                  | 4  | 'secret' is not allowed; allowed: official, experimental
          frequency: quarter         | frequency: decade             | 5  | 'decade' is not allowed; allowed: year, half-year, quarter, month, week
          unit: jobs                 | units: jobs                   | 6  | unknown key 'units'; allowed: title, type, frequency, unit
          unit: jobs                 | units: jobs                   | 2  | the key 'unit' is missing
          ces:                       | Ces:                          | 8  | the key 'Ces' is not allowed here; allowed: 2 to 32 lower-case letters
          raw/ces                    | std/ces                       | 9  | 'std/ces' is not allowed; allowed: raw/name for deliveries by month
          raw/ces                    | rel/jobs                      | 9  | an earlier release needs the key 'of'
          { r0: 2, default: 3 }      | { r0: 2, default: 4 }         | 10 | 4 months are more than the product's period has; allowed: 0 to 3
          { r0: 2, default: 3 }      | { r0: 2 }                     | 10 | the key 'default' is missing
          { r0: 2, default: 3 }      | { q0: 2, default: 3 }         | 10 | unknown key 'q0'; allowed: r0, r1, … r99 and default
          rel/jobs                   | rel/wages                     | 12 | 'rel/wages' is not released by this project; allowed: rel/jobs
          of: previous-revision      | of: yesterday                 | 13 | 'yesterday' is not allowed; allowed: previous-revision, previous-period
          required: false            | required: maybe               | 14 | 'maybe' is not of type boolean
          - name: tables             | - name: integrate             | 24 | the stage 'integrate' is declared twice
          gsbpm: "5.1"               | gsbpm: 5.1                    | 19 | '5.1' is not of type string; put it in quotes; allowed: a GSBPM sub-process
          gsbpm: "5.1"               | gsbpm: "9.1"                  | 19 | '9.1' is not allowed; allowed: a GSBPM sub-process
          sql: steps/integrate.sql   | sql: ../../etc/passwd         | 20 | '../../etc/passwd' is not allowed; allowed: a path inside the repository
          sql: steps/integrate.sql   | sql: "a.sql\\n"               | 20 | is not allowed; allowed: a path inside the repository
          sql: steps/integrate.sql   | shell: ls                     | 18 | exactly one of the keys sql, python, r, notebook, command, java is needed
          sql: steps/integrate.sql   | { sql: a.sql, r: b.R }        | 21 | is not YAML
          inputs: [ces]              | inputs: [wages]               | 21 | 'wages' is neither an input of this file nor a dataset that an earlier stage writes; allowed: ces, previous
          inputs: [ces]              | inputs: [out/jobs]            | 21 | 'out/jobs' is neither an input
          std/months, file           | raw/months, file              | 23 | 'raw/months' is not allowed; allowed: layer/name; the layer is std, proc or out
          file: months.csv           | file: ../months.csv           | 23 | '../months.csv' is not allowed; allowed: a file name
          memory: 2Gi                | memory: 2 gigabytes           | 33 | '2 gigabytes' is not allowed; allowed: a whole number of Mi or Gi
          time: PT1H30M              | time: 90                      | 33 | '90' is not of type string; put it in quotes; allowed: an ISO 8601 duration
          time: PT1H30M              | time: PT0S                    | 33 | 'PT0S' is not allowed
          network: internal          | network: world                | 34 | 'world' is not allowed; allowed: offline, internal, internet
          any: "string value"        | any: 1                        | 32 | '1' is not of type string; put it in quotes
          - out/jobs                 | - std/months                  | 36 | 'std/months' is not allowed; allowed: out/name
          - out/jobs                 | - out/wages                   | 36 | 'out/wages' is not written by any step; allowed: out/jobs, std/months
          type: balance              | type: balanced                | 39 | 'balanced' is not allowed; allowed: completeness, balance, change, outlier, minimum-count
          total: nonfarm             | totals: nonfarm               | 44 | unknown key 'totals'; allowed: name, type, gsbpm, sims, dataset, severity, total, parts, rounded, unit
          dataset: std/months        | dataset: std/weeks            | 42 | 'std/months' is not written by any step
          file: months.csv           | file: months.parquet          | 42 | 'std/months' has no CSV file to check; allowed: out/jobs
          severity: block            | severity: fatal               | 43 | 'fatal' is not allowed; allowed: block, warn, info
          severity: block            | severity: block, warn         | 43 | 'block, warn' is not allowed
          title: Jobs                | title: !!java.net.URL [x]     | 3  | tag
          title: Jobs                | title: &x Jobs                | 3  | anchors and aliases (& and *) are not allowed
          title: Jobs                | title: "a\\u0007"             | 3  | is not allowed; allowed: 1 to 200 characters on one line
          title: Jobs                | title: *x                     | 3  | is not YAML
          title: Jobs                | type: official                | 4  | the key 'type' occurs twice
          """)
  void namesLineFaultAndAllowedValues(String good, String bad, int line, String message) {
    var broken = MINIMAL.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad));
    assertThat(broken).isNotEqualTo(MINIMAL);

    assertThat(refusal(broken).problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.where()).isEqualTo("balsam.yaml:" + line);
              assertThat(problem.message()).contains(message);
            });
  }

  @Test
  void tellsAllProblemsAtOnce() {
    var broken =
        MINIMAL
            .replace("type: official", "type: secret")
            .replace("raw/ces", "raw/CES")
            .replace("inputs: [ces]", "inputs: [cse]")
            .replace("severity: block", "severity: fatal");

    var refusal = refusal(broken);

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PROJECT_FILE);
    assertThat(refusal.problems())
        .extracting(Invalid.Problem::where)
        .containsExactly("balsam.yaml:4", "balsam.yaml:9", "balsam.yaml:21", "balsam.yaml:43");
  }

  @Test
  void refusesNamesThatOccurTwice() {
    var broken =
        MINIMAL
            .replace("- name: tables\n        gsbpm", "- name: integrate\n        gsbpm")
            .replace(
                "{ dataset: out/jobs, file: jobs.csv }", "{ dataset: std/months, file: a.csv }");

    assertThat(refusal(broken).getMessage())
        .contains("the step 'integrate' is declared twice")
        .contains("'std/months' already has a CSV file; a dataset has at most one");
  }

  @Test
  void refusesADatasetThatTwoStepsWrite() {
    var broken =
        MINIMAL.replace(
            "{ dataset: out/jobs, file: jobs.csv }",
            "{ dataset: out/jobs, file: jobs.csv }\n          - { dataset: std/months, file: m.txt }");

    assertThat(refusal(broken).getMessage())
        .contains("'std/months' is already written by step 'integrate'");
  }

  @Test
  void refusesAChangeCheckWithoutABound() {
    var broken =
        MINIMAL
            .replace("type: balance", "type: change")
            .replace("total: nonfarm", "value: nonfarm")
            .replace("parts: [private, government]", "time: month");

    assertThat(refusal(broken).problems())
        .extracting(Invalid.Problem::message)
        .containsExactlyInAnyOrder(
            "the key 'lag' is missing", "one of the keys max-percent, max-z is needed");
  }

  @Test
  void refusesTextThatIsHostileRatherThanWrong() {
    var bomb = new StringBuilder("a: &a [x,x]\n");
    for (var name = 'b'; name <= 'z'; name++) {
      bomb.append("%c: &%c [*%c,*%c,*%c]\n".formatted(name, name, name - 1, name - 1, name - 1));
    }
    assertThat(refusal(bomb.toString()).getMessage()).contains("anchors and aliases");
    assertThat(refusal("[".repeat(5000)).getMessage()).contains("is not YAML");
    assertThat(refusal("x: " + "y".repeat(300_000)).getMessage()).contains("larger than 262144");
    assertThat(refusal("").getMessage()).contains("is empty");
    assertThat(refusal("a: 1\n---\nb: 2\n").getMessage()).contains("is not YAML");
    assertThat(refusal("just text").getMessage()).contains("is not of type object");
    assertThat(refusal("\"a\u001b[31m\": 1").getMessage()).doesNotContain("\u001b");
    assertThat(refusal("{[1]: 2}").getMessage()).contains("a key must be plain text");
    var latin = "title: Å".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(catchThrowableOfType(Invalid.class, () -> parser.parse(latin, "balsam.yaml")))
        .hasMessageContaining("is not UTF-8 text");
  }

  @Test
  void theEnforcedSchemaIsThePublishedOne() throws Exception {
    assertThat(Files.readString(Path.of("docs/balsam-yaml.schema.json")))
        .isEqualTo(
            Files.readString(Path.of("src/main/resources/schema/balsam-project.schema.json")));
  }

  @Test
  void theExamplesOfTheDocumentationAreValid() throws Exception {
    var page = Files.readString(Path.of("docs/project-file.md"));
    var examples =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .toList();

    var round = parse(examples.get(0));
    var both =
        parse(
            examples
                    .get(0)
                    .replace(
                        "inputs:\n  ces", "inputs:\n  strikes: { dataset: raw/strikes }\n  ces")
                + examples.get(1));

    assertThat(round.steps())
        .extracting(ProjectFile.Step::name)
        .containsExactly("integrate", "tables");
    assertThat(both.models()).containsOnlyKeys("damage");
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
