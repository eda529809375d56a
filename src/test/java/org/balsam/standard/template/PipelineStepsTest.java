package org.balsam.standard.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JobSpec;
import org.balsam.standard.pipeline.PipelineFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nodes of a pipeline as steps of a round. */
class PipelineStepsTest {

  private static final String PINNED = "registry.nsi.example/py@sha256:" + "a".repeat(64);
  private static final String FILE =
      """
      balsam: 1
      product: { title: Flags, type: official, frequency: quarter, unit: flags }
      inputs:
        ces: { dataset: raw/ces }
        frame: { dataset: raw/frame }
      pipeline:
        file: flow/lfs.pipeline
        gsbpm: "5.3"
        images: { "nsi/nb:1": %s, "nsi/r:1": null }
        nodes:
          validate:
            gsbpm: "5.4"
            inputs: [ces]
            resources: { time: PT10M, output: 1Gi }
            network: internal
            outputs:
              - { dataset: out/flags, file: out/flags.csv }
          Final report: { name: report }
      release: [out/flags]
      checks:
        - { name: complete, type: completeness, gsbpm: "5.3", dataset: out/flags, severity: block }
      """
          .formatted(PINNED);

  private final Map<String, String> repository =
      new TreeMap<>(
          Map.of(
              "flow/validate.py", "",
              "flow/rules/a.json", "",
              "flow/rules/deep/b.json", "",
              "flow/.hidden.json", "",
              "flow/summary.R", "",
              "flow/notebooks/report.ipynb", "",
              "flow/notebooks/helper.py", "",
              "other/c.json", ""));

  private static PipelineFixture pipeline() {
    return PipelineFixture.version(8)
        .python(
            "validate",
            "{'filename':'validate.py','dependencies':['rules/*.json'],'cpu':2,'memory':1,"
                + "'outputs':['out/flags.csv','logs/*'],'env_vars':[{'env_var':'A','value':'1'}]}")
        .r("summary.R", "{'filename':'summary.R','runtime_image':'nsi/r:1','outputs':['s.csv']}")
        .after("validate")
        .notebook(
            "Final report",
            "{'filename':'notebooks/report.ipynb','runtime_image':'nsi/nb:1',"
                + "'dependencies':['helper.py']}")
        .after("summary.R");
  }

  @Test
  void aNodeIsAStep() {
    var file = read(FILE, pipeline());

    assertThat(file.stages()).hasSize(3);
    var step = file.step("validate").orElseThrow();
    assertThat(step.gsbpm()).isEqualTo("5.4");
    assertThat(step.command())
        .isEqualTo(
            new JobSpec.Command(
                JobSpec.Kind.PYTHON,
                "flow/validate.py",
                List.of(),
                Map.of("validate.py", "flow/validate.py", "rules/a.json", "flow/rules/a.json")));
    assertThat(step.inputs()).extracting("folder").containsExactly("ces");
    assertThat(step.resources())
        .isEqualTo(new JobSpec.Resources(2, 954, 0, Duration.ofMinutes(10), 1L << 30));
    assertThat(step.network()).isEqualTo(JobSpec.NetworkClass.INTERNAL);
    assertThat(step.outputs()).extracting("file").containsExactly("flags.csv");
    assertThat(step.asNode().paths()).containsExactly("out/flags.csv");
    assertThat(step.asNode().kept()).containsExactly("logs/*");
    assertThat(step.asNode().environment()).isEqualTo(Map.of("A", "1"));
    assertThat(step.keptAs().value()).isEqualTo("proc/validate");
  }

  @Test
  void whatBalsamYamlDoesNotSayComesFromTheSection() {
    var file = read(FILE, pipeline());

    var summary = file.step("summary").orElseThrow();
    assertThat(summary.gsbpm()).isEqualTo("5.3");
    assertThat(summary.inputs()).extracting("folder").containsExactly("ces", "frame");
    assertThat(summary.asNode().image()).as("null stands for the runtime's own").isEmpty();
    var report = file.step("report").orElseThrow();
    assertThat(report.asNode().image()).isEqualTo(PINNED);
    assertThat(report.asNode().kept())
        .as("the executed copy is kept without being asked for")
        .containsExactly("report-output.ipynb");
    assertThat(report.asNode().ancestors()).containsExactly("validate", "summary");
    assertThat(report.command().files())
        .isEqualTo(
            Map.of(
                "report.ipynb", "flow/notebooks/report.ipynb",
                "helper.py", "flow/notebooks/helper.py"));
  }

  @Test
  void patternsReachSubfoldersOnlyWhenAskedToAndNeverHiddenFiles() {
    var everywhere =
        PipelineFixture.version(8)
            .python(
                "validate",
                "{'filename':'validate.py','dependencies':['*.json'],'include_subdirectories':true}");
    var here =
        PipelineFixture.version(8)
            .python("validate", "{'filename':'validate.py','dependencies':['*.json']}");
    var yaml = FILE.replace("    Final report: { name: report }\n", "");

    assertThat(read(yaml, everywhere).step("validate").orElseThrow().command().files())
        .containsOnlyKeys("validate.py", "rules/a.json", "rules/deep/b.json");
    assertThat(read(yaml, here).step("validate").orElseThrow().command().files())
        .containsOnlyKeys("validate.py");
  }

  @Test
  void refusesFilesThatAreNotThere() {
    repository.remove("flow/validate.py");
    repository.remove("flow/notebooks/helper.py");

    refuses(
        FILE, pipeline(), "node 'validate', filename: 'flow/validate.py' is not in the repository");
    refuses(
        FILE,
        pipeline(),
        "node 'Final report', dependencies: 'helper.py' is not in the repository");
    assertThatThrownBy(
            () ->
                PipelineSteps.of(
                    parser().parse(FILE.getBytes(UTF_8), "balsam.yaml"),
                    List.of(),
                    path -> Optional.empty()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("flow/lfs.pipeline: is not in the repository");
  }

  @Test
  void refusesImagesWithoutADigest() {
    refuses(
        FILE.replace("\"nsi/nb:1\"", "\"nsi/nb:2\""),
        pipeline(),
        "node 'Final report', runtime_image: 'nsi/nb:1' has no digest");
  }

  @Test
  void refusesStepNamesThatClashAndLabelsThatAreNotThere() {
    var clash =
        PipelineFixture.version(8)
            .python("validate", "{'filename':'validate.py'}")
            .python("Validate!", "{'filename':'validate.py'}");
    var yaml = FILE.replace("    Final report: { name: report }\n", "");
    refuses(yaml, clash, "node 'Validate!', label: 'validate' makes no step name of its own");
    refuses(FILE, clash, "'Final report' is not the label of a node of flow/lfs.pipeline");
    var greek = PipelineFixture.version(8).python("Ωμέγα", "{'filename':'validate.py'}");
    refuses(yaml, greek, "node 'Ωμέγα', label: '' makes no step name");
  }

  @ParameterizedTest
  @CsvSource({
    "Läs in Åland, lasinaland",
    "Œuvre d’été.ipynb, oeuvredete",
    "Straße 7, strasse7",
    "02 Clean data.py, cleandata",
    "A, stepa",
    "Å.R, stepa",
    "1, step1",
    "2026, step2026",
    "Employment by industry, employment",
  })
  void writesLabelsInTheGrammarOfSteps(String label, String step) {
    var pipeline = pipeline().python(label, "{'filename':'validate.py'}");
    assertThat(read(FILE, pipeline).step(step)).isPresent();
  }

  @Test
  void refusesTwoBranchesThatWriteTheSameFileForAThird() {
    var branches =
        PipelineFixture.version(8)
            .python("validate", "{'filename':'validate.py','outputs':['x.csv']}")
            .python("other", "{'filename':'validate.py','outputs':['x.csv']}")
            .python("third", "{'filename':'validate.py'}")
            .after("validate", "other");
    var chain =
        PipelineFixture.version(8)
            .python("validate", "{'filename':'validate.py','outputs':['x.csv']}")
            .python("other", "{'filename':'validate.py','outputs':['x.csv']}")
            .after("validate")
            .python("third", "{'filename':'validate.py'}")
            .after("other");
    var yaml = FILE.replace("    Final report: { name: report }\n", "");

    refuses(yaml, branches, "node 'third', inputs: 'x.csv' is written by 'validate' and 'other'");
    assertThat(read(yaml, chain).step("third").orElseThrow().asNode().ancestors())
        .containsExactly("validate", "other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "file: flow/lfs.pipeline   | file: flow/lfs.json      | 7 | is not allowed",
        "file: flow/lfs.pipeline   | file: ../lfs.pipeline    | 7 | is not allowed",
        "inputs: [ces]             | inputs: [gone]           | 13 | neither an input of this file",
        "file: out/flags.csv       | file: ../flags.csv       | 17 | is not allowed",
        "file: out/flags.csv       | file: out/*.csv          | 17 | is not allowed",
        "release: [out/flags]      | release: [out/other]     | 19 | is not written by any step",
        "dataset: out/flags, sev   | dataset: std/gone, sev   | 21 | is not written by any step",
        "name: report              | name: Report             | 18 | is not allowed",
        "time: PT10M               | memory: 1Gi              | 14 | unknown key 'memory'",
      })
  void refusesTheSectionByLine(String before, String after, int line, String message) {
    var yaml = FILE.replace(before, after);
    assertThat(yaml).isNotEqualTo(FILE);
    assertThatThrownBy(() -> parser().parse(yaml.getBytes(UTF_8), "balsam.yaml"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("balsam.yaml:" + line + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void stagesAndPipelineExcludeEachOther() {
    var both =
        FILE
            + """
            stages:
              - name: a
                steps:
                  - { name: ab, gsbpm: "5.1", sql: a.sql, outputs: [{ dataset: std/a, file: a.csv }] }
            """;
    assertThatThrownBy(() -> parser().parse(both.getBytes(UTF_8), "balsam.yaml"))
        .hasMessageContaining("'pipeline' takes the place of 'stages'");
    var none = FILE.replaceFirst("(?s)pipeline:.*release", "release");
    assertThatThrownBy(() -> parser().parse(none.getBytes(UTF_8), "balsam.yaml"))
        .hasMessageContaining("'stages'");
  }

  @Test
  void aNotebookStepKeepsItsExecutedCopy() {
    var yaml =
        """
        balsam: 1
        product: { title: Report, type: official, frequency: quarter, unit: pages }
        stages:
          - name: report
            steps:
              - name: report
                gsbpm: "6.3"
                notebook: steps/report.ipynb
                outputs:
                  - { dataset: out/report, file: report-output.ipynb }
        release: [out/report]
        """;

    var command =
        parser().parse(yaml.getBytes(UTF_8), "balsam.yaml").steps().findFirst().orElseThrow();

    assertThat(command.command())
        .isEqualTo(new JobSpec.Command(JobSpec.Kind.NOTEBOOK, "steps/report.ipynb", List.of()));
    var lost = yaml.replace("report-output.ipynb", "report.html");
    assertThatThrownBy(() -> parser().parse(lost.getBytes(UTF_8), "balsam.yaml"))
        .hasMessageContaining("add an output with file: report-output.ipynb");
  }

  @Test
  void thePolicyOfATemplateBoundsNodesLikeSteps() {
    var step = read(FILE, pipeline()).step("validate").orElseThrow();
    var settings = NodeSettings.of(step).at("/stages/0/steps/0");

    assertThat(settings.at("/resources/memory").asText()).isEqualTo("954Mi");
    assertThat(settings.at("/resources/time").asText()).isEqualTo("PT10M");
    assertThat(settings.at("/resources/output").asText()).isEqualTo("1024Mi");
    assertThat(settings.at("/resources/gpu").asInt()).isZero();
    assertThat(settings.path("network").asText()).isEqualTo("internal");

    var templates =
        new ProjectTemplates(new TemplatesProperties("classpath*:/templates/"), parser());
    var greedy = pipeline().python("gpu", "{'filename':'validate.py','gpu':1,'memory':20}");
    assertThatThrownBy(() -> templates.requireAllowed("ml-project", read(FILE, greedy)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("node 'gpu': the setting 'stages.0.steps.0.resources.gpu' is '1'")
        .hasMessageContaining("node 'gpu': the setting 'stages.0.steps.0.resources.memory'")
        .hasMessageContaining(
            "node 'validate': the setting 'stages.0.steps.0.network' is 'internal'");
  }

  private static ProjectFileParser parser() {
    return new ProjectFileParser();
  }

  private ProjectFile read(String yaml, PipelineFixture pipeline) {
    return PipelineSteps.of(
        parser().parse(yaml.getBytes(UTF_8), "balsam.yaml"),
        repository.keySet(),
        path ->
            path.equals("flow/lfs.pipeline") ? Optional.of(pipeline.build()) : Optional.empty());
  }

  private void refuses(String yaml, PipelineFixture pipeline, String problem) {
    assertThatThrownBy(() -> read(yaml, pipeline))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(problem);
  }
}
