package org.balsam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.pipeline.PipelineFixture;
import org.balsam.standard.template.ProjectTemplates;
import org.balsam.testing.Papermill;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A whole round whose steps are the nodes of an Elyra pipeline. */
class PipelineRoundApiTest extends ApiTestBase {

  private static final Forge.Author OLA = new Forge.Author("Ola Owner", "ola@nsi.invalid");
  private static final String FILE =
      """
      balsam: 1
      product: { title: Deliveries, type: official, frequency: quarter, unit: months }
      inputs:
        ces: { dataset: raw/ces, known: { r0: 2, default: 3 } }
      pipeline:
        file: flow/deliveries.pipeline
        gsbpm: "5.3"
        images: { "nsi/py:1": null }
        nodes:
          Add up:
            gsbpm: "5.7"
            outputs:
              - { dataset: out/summary, file: tables/summary.csv }
      release: [out/summary]
      checks:
        - { name: complete, type: completeness, gsbpm: "6.2", dataset: out/summary, severity: block }
      """;
  private static final String COUNT =
      """
      import glob, os
      import helper
      os.makedirs('work')
      open('work/count.txt', 'w').write(str(len(glob.glob('in/ces/*.csv'))))
      open('run.txt', 'w').write(os.environ['ELYRA_RUN_NAME'] + ' ' + os.environ['WHO'] + helper.MARK)
      """;
  private static final String BRANCH =
      """
      import glob
      assert not glob.glob('branch-*'), 'files of a sibling'
      open('branch-%1$s.txt', 'w').write('%1$s' + open('work/count.txt').read())
      """;
  private static final String ADD =
      """
      import os
      os.makedirs('tables')
      left, right = open('branch-left.txt').read(), open('branch-right.txt').read()
      run = open('run.txt').read().split()
      assert run[0] == os.environ['ELYRA_RUN_NAME'], run
      with open('tables/summary.csv', 'w') as f:
        f.write('name,value\\nleft,%s\\nright,%s\\ngrand,%s\\nwho,%s\\n' % (left, right, open('work/count.txt').read(), run[1]))
      """;

  private static final String NOTEBOOKS =
      """
      balsam: 1
      product: { title: Deliveries, type: official, frequency: quarter, unit: months }
      inputs:
        ces: { dataset: raw/ces, known: { r0: 2, default: 3 } }
      pipeline:
        file: flow/deliveries.pipeline
        gsbpm: "5.7"
        images: { "nsi/nb:1": null }
        nodes:
          Add up.ipynb:
            resources: { time: PT3M }
            outputs:
              - { dataset: out/summary, file: summary.csv }
      release: [out/summary]
      checks:
        - { name: complete, type: completeness, gsbpm: "6.2", dataset: out/summary, severity: block }
      """;

  @Autowired Forge forge;
  @Autowired ProjectTemplates templates;

  private ProjectId project = new ProjectId("emp-flow");

  @Test
  void aRoundIsComputedByThePipelineReleasedAndInItsEvidence() {
    var months = start("emp-flow");
    commit(pipeline().build(), "mth/v1.1.0");
    refusesAPipelineThatCannotRun();
    commit(pipeline().build(), "mth/v1.3.0");

    release();

    assertThat(output("out/summary/summary.csv"))
        .isEqualTo(
            "name,value\nleft,left%1$d\nright,right%1$d\ngrand,%1$d\nwho,nsi!\n".formatted(months));
    assertThat(output("proc/left/branch-left.txt")).isEqualTo("left" + months);
    assertThat(output("proc/count/work=2Fcount.txt")).isEqualTo(String.valueOf(months));
    assertThat(output("proc/count/run.txt")).isEqualTo(round() + ".1 nsi!");
    var record = api.get("auditor", path()).json();
    assertThat(record.toString()).contains("\"count\"", "\"left\"", "\"right\"", "\"addup\"");
  }

  @Test
  void aNotebookIsARoundsStepAndItsExecutedCopyIsInTheRecord() throws Exception {
    Papermill.need();
    var months = start("emp-book");
    var files = new HashMap<String, byte[]>();
    files.put("balsam.yaml", NOTEBOOKS.getBytes(UTF_8));
    files.put(
        "flow/deliveries.pipeline",
        PipelineFixture.version(8)
            .defaults("{'runtime_image':'nsi/nb:1'}")
            .notebook("Count.ipynb", "{'filename':'Count.ipynb','outputs':['n.txt'],'memory':1}")
            .notebook(
                "Add up.ipynb", "{'filename':'Add up.ipynb','outputs':['summary.csv'],'memory':1}")
            .after("Count.ipynb")
            .build());
    files.put(
        "flow/Count.ipynb",
        Papermill.notebook(
                "import glob",
                "n = len(glob.glob('in/ces/*.csv')); open('n.txt', 'w').write(str(n))",
                "print('counted', n)")
            .getBytes(UTF_8));
    files.put(
        "flow/Add up.ipynb",
        Papermill.notebook(
                "open('summary.csv', 'w').write('name,value\\nmonths,' + open('n.txt').read() + '\\n')")
            .getBytes(UTF_8));
    commit(files, "mth/v1.1.0");

    release();

    assertThat(output("out/summary/summary.csv")).isEqualTo("name,value\nmonths," + months + "\n");
    var executed = new ObjectMapper().readTree(output("proc/count/Count-output.ipynb"));
    assertThat(executed.at("/cells/2/outputs/0/text").toString()).contains("counted " + months);
    assertThat(output("proc/addup/Add=20up-output.ipynb")).contains("papermill");
  }

  private void refusesAPipelineThatCannotRun() {
    commit(
        pipeline().python("Lost", "{'filename':'lost.py'}").after("Add up").build(), "mth/v1.2.0");

    var refused = api.post("owner", base() + "/rounds", "{\"period\":\"2008-q4\"}");

    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.text())
        .contains(
            "invalid-project-file",
            "flow/deliveries.pipeline: node 'Lost', filename",
            "'flow/lost.py' is not in the repository");
  }

  private static PipelineFixture pipeline() {
    return PipelineFixture.version(8)
        .defaults("{'runtime_image':'nsi/py:1','env_vars':[{'env_var':'WHO','value':'nsi'}]}")
        .python(
            "count",
            "{'filename':'count.py','dependencies':['help*.py'],"
                + "'outputs':['work','run.txt','logs/*.log'],'cpu':1}")
        .python("left", "{'filename':'left.py','outputs':['branch-*.txt']}")
        .after("count")
        .python("right", "{'filename':'right.py','outputs':['branch-right.txt']}")
        .after("count")
        .python("Add up", "{'filename':'add.py','outputs':['tables/summary.csv']}")
        .after("left", "right");
  }

  /** Makes the project with its people and deliveries. */
  private int start(String id) {
    project = new ProjectId(id);
    onboard(id, "owner");
    for (var role : Role.values()) {
      directory.setRoles(project, role.value(), Set.of(role));
    }
    return deliver();
  }

  private void release() {
    var started = api.post("owner", base() + "/rounds", "{\"period\":\"2008-q4\"}");
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    await(
        () -> {
          work();
          return api.get("owner", path()).json().path("state").asText().equals("released");
        });
  }

  private String base() {
    return "/api/v1/projects/" + project;
  }

  private String round() {
    return project + "-2008-q4-r0";
  }

  private String path() {
    return base() + "/rounds/" + round();
  }

  private int deliver() {
    var delivered =
        templates
            .demoDeliveries("statistical-production")
            .get("raw/ces")
            .subMap(new Period("2008-01"), new Period("2008-12"));
    delivered.forEach(
        (month, content) -> {
          var target = base() + "/datasets/raw/ces/objects/ces.csv?period=" + month;
          var body = BodyPublishers.ofByteArray(content);
          assertThat(api.send("production", "PUT", target, body, "text/csv").status())
              .isEqualTo(200);
        });
    return delivered.size();
  }

  private void commit(byte[] pipeline, String tag) {
    var files = new HashMap<String, byte[]>();
    files.put("balsam.yaml", FILE.getBytes(UTF_8));
    files.put("flow/deliveries.pipeline", pipeline);
    files.put("flow/count.py", COUNT.getBytes(UTF_8));
    files.put("flow/helper.py", "MARK = '!'\n".getBytes(UTF_8));
    files.put("flow/left.py", BRANCH.formatted("left").getBytes(UTF_8));
    files.put("flow/right.py", BRANCH.formatted("right").getBytes(UTF_8));
    files.put("flow/add.py", ADD.getBytes(UTF_8));
    commit(files, tag);
  }

  private void commit(Map<String, byte[]> files, String tag) {
    var change = new Forge.Change(files, "feat: compute by pipeline " + tag, OLA, true);
    forge.ensureTag(project, tag, forge.commit(project, "main", change), "pipeline", OLA);
  }

  private void work() {
    var answers =
        Map.of(
            "userTask_confirmInputs",
            List.of("subject", "{\"inputsDecision\":\"confirm\"}"),
            "userTask_reviewResults",
            List.of("quality", "{\"reviewDecision\":\"approve\"}"),
            "userTask_approveRelease",
            List.of(
                "owner",
                "{\"releaseDecision\":\"approve\",\"releaseLevel\":\"public\",\"releaseAt\":\"%s\"}"
                    .formatted(Instant.now().plusSeconds(1))));
    for (var person : List.of("subject", "quality", "owner")) {
      for (var task : api.get(person, "/api/v1/tasks?subject=" + round()).json().path("items")) {
        var answer = answers.get(task.path("activity").asText());
        if (answer != null && answer.get(0).equals(person)) {
          var target = "/api/v1/tasks/" + task.path("id").asText() + "/complete";
          var done = api.post(person, target, "{\"variables\":" + answer.get(1) + "}");
          assertThat(done.status()).as(done.text()).isEqualTo(204);
        }
      }
    }
  }

  private String output(String file) {
    var reply = api.get("quality", path() + "/outputs/" + file);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.text();
  }
}
