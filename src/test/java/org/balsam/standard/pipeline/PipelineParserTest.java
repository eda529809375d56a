package org.balsam.standard.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.standard.pipeline.Pipeline.Demand;
import org.balsam.standard.pipeline.Pipeline.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads pipelines with the structure of Elyra's own examples: elyra-ai/examples {@code
 * hello-generic-world}, {@code analyze_NOAA_weather_data}; elyra-ai/elyra {@code generic-test},
 * {@code generic_basic_pipeline_with_scripts}, {@code kf_supernode_valid}, {@code
 * kf_invalid_node_op}, {@code generic_single_cycle}, {@code generic_double_cycle}, {@code
 * pipeline_with_zero_nodes}, {@code pipeline_without_pipelines_field}.
 */
class PipelineParserTest {

  private static final String PATH = "flow/lfs.pipeline";

  @Test
  void readsHelloGenericWorldWhichNamesNoImage() {
    var fields =
        "{'filename':'load_data.ipynb','dependencies':[],'include_subdirectories':false,'outputs':[],"
            + "'env_vars':[],'kubernetes_pod_annotations':[],'kubernetes_pod_labels':[],"
            + "'kubernetes_secrets':[],'kubernetes_shared_mem_size':{},'kubernetes_tolerations':[],"
            + "'mounted_volumes':[]}";

    var node = only(PipelineFixture.version(8).notebook("Load tutorial dataset", fields));

    assertThat(node)
        .isEqualTo(
            new Node(
                "Load tutorial dataset",
                "Load tutorial dataset",
                Kind.NOTEBOOK,
                "flow/load_data.ipynb",
                "",
                List.of(),
                false,
                List.of(),
                Map.of(),
                new Demand(0, 0, 0),
                Set.of()));
  }

  @Test
  void readsGenericTestWithVariablesAsObjects() {
    var pipeline =
        parse(
            PipelineFixture.version(8)
                .notebook(
                    "helloworld.ipynb",
                    "{'filename':'helloworld.ipynb','runtime_image':'continuumio/anaconda3:2020.07',"
                        + "'env_vars':[{'env_var':'TEST_ENV_1','value':'1'},"
                        + "{'env_var':'TEST_ENV_2','value':'2'}]}")
                .python("helloworld.py", "{'filename':'helloworld.py'}")
                .after("helloworld.ipynb"));

    assertThat(pipeline.nodes().get(0).environment())
        .isEqualTo(Map.of("TEST_ENV_1", "1", "TEST_ENV_2", "2"));
    assertThat(pipeline.nodes().get(0).image()).isEqualTo("continuumio/anaconda3:2020.07");
    assertThat(pipeline.nodes().get(1).kind()).isEqualTo(Kind.PYTHON);
    assertThat(stages(pipeline)).isEqualTo("[helloworld.ipynb] [helloworld.py]");
  }

  @Test
  void runsTheBranchesOfTheBasicPipelineWithScriptsAtTheSameTime() {
    var pipeline =
        parse(
            PipelineFixture.version(8)
                .notebook("notebookA.ipynb", "{'filename':'notebookA.ipynb'}")
                .notebook("notebookB.ipynb", "{'filename':'notebookB.ipynb'}")
                .after("notebookA.ipynb")
                .notebook("notebookC.ipynb", "{'filename':'notebookC.ipynb'}")
                .after("notebookA.ipynb")
                .r("untitled1.r", "{'filename':'untitled1.r'}")
                .after("notebookB.ipynb", "notebookC.ipynb"));

    assertThat(stages(pipeline))
        .isEqualTo("[notebookA.ipynb] [notebookB.ipynb, notebookC.ipynb] [untitled1.r]");
    assertThat(pipeline.ancestors(pipeline.nodes().get(3)))
        .containsExactlyInAnyOrder("notebookA.ipynb", "notebookB.ipynb", "notebookC.ipynb");
  }

  @Test
  void readsTheWeatherExampleOfVersionOneWithItsFieldsInAppDataAndTextVariables() {
    var image = "'runtime_image':'amancevice/pandas:1.0.3'";
    var pipeline =
        parse(
            PipelineFixture.version(1)
                .notebook(
                    "load_data",
                    "{'filename':'weather/load_data.ipynb',"
                        + image
                        + ",'env_vars':['DATASET_URL=https://nsi.example/a?b=c'],"
                        + "'outputs':['data/noaa/jfk_weather.csv']}")
                .notebook(
                    "Part 1 - Data Cleaning",
                    "{'filename':'weather/Part 1 - Data Cleaning.ipynb',"
                        + image
                        + ",'env_vars':[],'outputs':['data/noaa/jfk_weather_cleaned.csv']}")
                .after("load_data")
                .notebook("Part 2", "{'filename':'weather/Part 2.ipynb'," + image + "}")
                .after("Part 1 - Data Cleaning")
                .notebook("Part 3", "{'filename':'weather/Part 3.ipynb'," + image + "}")
                .after("Part 1 - Data Cleaning"));

    assertThat(stages(pipeline)).isEqualTo("[load_data] [Part 1 - Data Cleaning] [Part 2, Part 3]");
    var first = pipeline.nodes().get(0);
    assertThat(first.environment()).containsEntry("DATASET_URL", "https://nsi.example/a?b=c");
    assertThat(first.outputs()).containsExactly("data/noaa/jfk_weather.csv");
    assertThat(first.file())
        .as("before version 2 relative to the repository")
        .isEqualTo("weather/load_data.ipynb");
  }

  @Test
  void readsTheNamesOfFieldsBeforeVersionOne() {
    var node =
        only(
            PipelineFixture.version(0)
                .notebook(
                    "old",
                    "{'artifact':'a.ipynb','docker_image':'nsi/py:1','vars':['A=1'],"
                        + "'file_dependencies':['b.py'],'recursive_dependencies':true}"));

    assertThat(node.file()).isEqualTo("a.ipynb");
    assertThat(node.image()).isEqualTo("nsi/py:1");
    assertThat(node.environment()).isEqualTo(Map.of("A", "1"));
    assertThat(node.dependencies()).containsExactly("b.py");
    assertThat(node.subdirectories()).isTrue();
  }

  @Test
  void defaultsAreBehindTheNodesOwnValues() {
    var pipeline =
        parse(
            PipelineFixture.version(8)
                .defaults(
                    "{'runtime_image':'nsi/py:1','cpu':2,'env_vars':[{'env_var':'A','value':'1'},"
                        + "{'env_var':'B','value':'2'}],'dependencies':['common.py']}")
                .python(
                    "own",
                    "{'filename':'a.py','cpu':4,'runtime_image':'nsi/py:2',"
                        + "'env_vars':[{'env_var':'B','value':'own'}],'dependencies':['b.py']}")
                .python("none", "{'filename':'b.py','cpu':null,'runtime_image':''}"));

    var own = pipeline.nodes().get(0);
    assertThat(own.environment()).isEqualTo(Map.of("A", "1", "B", "own"));
    assertThat(own.dependencies()).containsExactly("common.py", "b.py");
    assertThat(own.image()).isEqualTo("nsi/py:2");
    assertThat(own.demand().cpu()).isEqualTo(4);
    assertThat(pipeline.nodes().get(1).image()).isEqualTo("nsi/py:1");
    assertThat(pipeline.nodes().get(1).demand().cpu()).isEqualTo(2);
  }

  @Test
  void countsMemoryInGigabytesOfTenToTheNineAndTakesTheLimitWhereThereIsOne() {
    var node =
        only(
            PipelineFixture.version(8)
                .python(
                    "a",
                    "{'filename':'a.py','cpu':1,'cpu_limit':3,'memory':2,'gpu':1,"
                        + "'gpu_vendor':'nvidia.com/gpu'}"));

    assertThat(node.demand()).isEqualTo(new Demand(3, 1908, 1));
  }

  @Test
  void filesAreBesideThePipelineSinceVersionTwo() {
    var fixture = PipelineFixture.version(3).python("a", "{'filename':'../steps/./a.py'}");

    assertThat(only(fixture).file()).isEqualTo("steps/a.py");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'filename':'../../a.py'}                             | filename | stays inside the repository",
        "{'filename':'/etc/passwd.py'}                         | filename | stays inside the repository",
        "{'filename':'a\\\\b.py'}                              | filename | stays inside the repository",
        "{'filename':'a.r'}                                    | filename | does not end with .py",
        "{}                                                    | filename | is not allowed",
        "{'filename':7}                                        | filename | must be a text",
        "{'filename':'a.py','dependencies':['../b.py']}        | dependencies | stays inside the folder",
        "{'filename':'a.py','dependencies':['b[0-9].py']}      | dependencies | stays inside the folder",
        "{'filename':'a.py','dependencies':'b.py'}             | dependencies | must be a list",
        "{'filename':'a.py','outputs':['/tmp/x']}              | outputs  | stays inside the node's folder",
        "{'filename':'a.py','outputs':['in/ces.csv']}          | outputs  | among the round's inputs",
        "{'filename':'a.py','cpu':0}                           | cpu      | a whole number from 1 to 256",
        "{'filename':'a.py','cpu':1.5}                         | cpu      | a whole number from 1 to 256",
        "{'filename':'a.py','memory':'8'}                      | memory   | a whole number from 1 to 4096",
        "{'filename':'a.py','gpu':-1}                          | gpu      | a whole number from 0 to 64",
        "{'filename':'a.py','cpu':4,'cpu_limit':2}             | cpu_limit | 2 is less than cpu, 4",
        "{'filename':'a.py','gpu':1,'gpu_vendor':'amd.com/gpu'} | gpu_vendor | allowed: nvidia.com/gpu",
        "{'filename':'a.py','runtime_image':'a b'}             | runtime_image | not the name of an image",
        "{'filename':'a.py','env_vars':['1A=2']}               | env_vars | a name that matches",
        "{'filename':'a.py','env_vars':['BALSAM_ROUND=x']}     | env_vars | is set by Balsam",
        "{'filename':'a.py','env_vars':['PATH=/tmp']}          | env_vars | is set by Balsam",
        "{'filename':'a.py','env_vars':['LD_PRELOAD=/x.so']}   | env_vars | is set by Balsam or the system",
        "{'filename':'a.py','env_vars':['BASH_ENV=/x.sh']}     | env_vars | is set by Balsam or the system",
        "{'filename':'a.py','pipeline_parameters':['a']}       | pipeline_parameters | use env_vars",
        "{'filename':'a.py','include_subdirectories':'yes'}    | include_subdirectories | true or false",
        "{'filename':'a.py','kubernetes_secrets':[{'name':'s'}]} | kubernetes_secrets | gets no secrets",
        "{'filename':'a.py','mounted_volumes':[{'path':'/x'}]} | mounted_volumes | pinned inputs only",
        "{'filename':'a.py','parameters':['a']}                | parameters | use env_vars",
      })
  void refusesFieldsByNodeAndName(String fields, String field, String message) {
    refuses(
        PipelineFixture.version(8).python("Clean data", fields).build(),
        "flow/lfs.pipeline: node 'Clean data', " + field,
        message);
  }

  @Test
  void refusesCustomComponentsSuperNodesAndUnknownTypes() {
    var component =
        PipelineFixture.version(8)
            .node("execution_node", "kfp-component:catalog:run.yaml", "Filter text", "{}");
    refuses(component.build(), "node 'Filter text', op", "is a custom component");
    var superNode = PipelineFixture.version(8).node("super_node", "", "Group", "{}");
    refuses(superNode.build(), "node 'Group', type", "is a super-node");
    var model = PipelineFixture.version(8).node("model_node", "", "Model", "{}");
    refuses(model.build(), "node 'Model', type", "'model_node' is not known");
    var inside =
        PipelineFixture.version(8)
            .python("a", "{'filename':'a.py'}")
            .python("b", "{'filename':'b.py'}")
            .after("a");
    var port =
        new String(inside.build(), UTF_8)
            .replace("\"port_id_ref\":\"outPort\"", "\"port_id_ref\":\"x_outPort\"");
    refuses(port.getBytes(UTF_8), "node 'b', inputs.links", "port of a super-node");
  }

  @Test
  void refusesCircles() {
    var single =
        PipelineFixture.version(8)
            .python("a", "{'filename':'a.py'}")
            .after("b")
            .python("b", "{'filename':'b.py'}")
            .after("a")
            .python("c", "{'filename':'c.py'}");
    refuses(single.build(), "nodes", "wait for each other in a circle: 'a', 'b'");
    var itself = PipelineFixture.version(8).python("a", "{'filename':'a.py'}").after("a");
    refuses(itself.build(), "nodes", "circle: 'a'");
  }

  @Test
  void refusesNamesThatAreNotUniqueAndParentsThatAreNotThere() {
    var twice =
        PipelineFixture.version(8)
            .python("a", "{'filename':'a.py'}")
            .python("a", "{'filename':'b.py'}");
    refuses(twice.build(), "node 'a', id", "is the id of another node");
    var labels =
        new String(
                PipelineFixture.version(8)
                    .python("a", "{'filename':'a.py'}")
                    .python("b", "{'filename':'b.py'}")
                    .build(),
                UTF_8)
            .replace("\"label\":\"b\"", "\"label\":\"a\"");
    refuses(labels.getBytes(UTF_8), "node 'a', label", "two nodes have this label");
    var orphan = PipelineFixture.version(8).python("a", "{'filename':'a.py'}").after("gone");
    refuses(orphan.build(), "node 'a', inputs.links", "'gone' is not a node");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/version                       | 3.0       | version            | allowed: \"3.0\"",
        "/version                       | '2.0'     | version            | allowed: \"3.0\"",
        "/doc_type                      | 'model'   | doc_type           | allowed: \"pipeline\"",
        "/primary_pipeline              | 'other'   | primary_pipeline   | names 0 pipelines",
        "/pipelines                     | []        | primary_pipeline   | names 0 pipelines",
        "/pipelines                     | null      | primary_pipeline   | names 0 pipelines",
        "/pipelines/0/app_data/version  | 9         | app_data.version   | allowed: 0 to 8",
        "/pipelines/0/app_data/version  | '8'       | app_data.version   | allowed: 0 to 8",
        "/pipelines/0/app_data/version  | 99999999999 | app_data.version | allowed: 0 to 8",
        "/pipelines/0/nodes             | []        | nodes              | there are 0; allowed: 1 to 100",
        "/pipelines/0/app_data/properties/pipeline_defaults | 7 | pipeline_defaults | must be an object",
        "/pipelines/0/app_data/properties/pipeline_parameters | [{'name':'a'}] | pipeline_parameters | use env_vars",
      })
  void refusesFilesByField(String pointer, String json, String field, String message) {
    var fixture = PipelineFixture.version(8).python("a", "{'filename':'a.py'}");
    refuses(fixture.with(pointer, json).build(), PATH + ": " + field, message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[1,2",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "{\"a\":\"\\uD800",
        "null",
        "[]"
      })
  void refusesWhatIsNoPipelineAtAll(String text) {
    assertThatThrownBy(() -> PipelineParser.parse(text.getBytes(UTF_8), PATH))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(PATH + ": ");
  }

  @Test
  void isNotExhaustedByHostileFiles() {
    var deep = "[".repeat(100_000).getBytes(UTF_8);
    var large = new byte[5 << 20];
    var many = PipelineFixture.version(8);
    IntStream.range(0, 101).forEach(i -> many.python("n" + i, "{'filename':'a.py'}"));
    assertThat(Stream.of(deep, large, many.build()).allMatch(PipelineParserTest::isRefusedQuickly))
        .isTrue();
  }

  private static boolean isRefusedQuickly(byte[] json) {
    var begun = System.nanoTime();
    assertThatThrownBy(() -> PipelineParser.parse(json, PATH)).isInstanceOf(Invalid.class);
    return System.nanoTime() - begun < Duration.ofSeconds(5).toNanos();
  }

  private static void refuses(byte[] json, String where, String message) {
    assertThatThrownBy(() -> PipelineParser.parse(json, PATH))
        .isInstanceOfSatisfying(
            Invalid.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PROJECT_FILE);
              assertThat(refused.problems())
                  .anySatisfy(
                      problem -> {
                        assertThat(problem.where()).endsWith(where);
                        assertThat(problem.message()).contains(message);
                      });
            });
  }

  private static Pipeline parse(PipelineFixture fixture) {
    return PipelineParser.parse(fixture.build(), PATH);
  }

  private static Node only(PipelineFixture fixture) {
    var nodes = parse(fixture).nodes();
    assertThat(nodes).hasSize(1);
    return nodes.get(0);
  }

  private static String stages(Pipeline pipeline) {
    return String.join(
        " ",
        pipeline.stages().stream()
            .map(stage -> stage.stream().map(Node::label).toList().toString())
            .toList());
  }
}
