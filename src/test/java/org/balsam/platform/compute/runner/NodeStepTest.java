package org.balsam.platform.compute.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.platform.compute.JobStatus.Published;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.testing.Papermill;
import org.junit.jupiter.api.Test;

/** Steps that are nodes of a pipeline, and notebooks. */
class NodeStepTest extends StepRunnerFixture {

  private static final String KEPT = "2026-q3/r0/proc/kept/b001/";

  @Test
  void aNodeFindsItsOwnFilesAndInputsAndNothingElse() throws Exception {
    code.put(
        "flow/a.py",
        "import os\nfor d, _, fs in sorted(os.walk('.')):\n  for f in sorted(fs): print(os.path.join(d, f))\n");
    code.put("flow/rules/r.json", "{}");
    code.put("flow/other.py", "");

    var status =
        run(
            withInput("node/in/ces/2026-07-ces.csv", "month\n")
                .node(
                    Kind.PYTHON,
                    "flow/a.py",
                    Map.of("a.py", "flow/a.py", "rules/r.json", "flow/rules/r.json")));

    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    assertThat(log()).contains("./a.py\n./in/ces/2026-07-ces.csv\n./rules/r.json\n");
    assertThat(log()).doesNotContain("other.py");
  }

  @Test
  void whatAnAncestorWroteTakesThePlaceOfTheRepositorysFileAndMayBeChanged() throws Exception {
    code.put("flow/a.py", "print(open('x.csv').read())\nopen('x.csv', 'a').write('more')\n");
    code.put("flow/x.csv", "from the repository");

    var status =
        run(
            withInput("node/x.csv", "from the ancestor")
                .node(Kind.PYTHON, "flow/a.py", Map.of("a.py", "flow/a.py", "x.csv", "flow/x.csv"))
                .kept("node/x.csv"));

    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    assertThat(log()).contains("from the ancestor").doesNotContain("from the repository");
    assertThat(store.text(KEPT + "x.csv")).isEqualTo("from the ancestormore");
  }

  @Test
  void filesFoldersAndPatternsAreKeptEachOnce() throws Exception {
    code.put(
        "a.py",
        "import os\nos.makedirs('out/deep')\n"
            + "for f in ('out/a.csv', 'out/deep/b.csv', 'c.txt', 'd 1.txt', 'left.bin'): open(f, 'w').write('x\\n')\n");

    var status =
        run(
            spec()
                .node(Kind.PYTHON, "a.py", Map.of("a.py", "a.py"))
                .output("node/out/a.csv")
                .kept("node/out")
                .kept("node/*.txt")
                .kept("node/c.txt")
                .kept("node/none*.log"));

    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    assertThat(status.outputs())
        .extracting(Published::key)
        .containsExactly(
            "2026-q3/r0/out/result/b001/a.csv",
            KEPT + "out=2Fdeep=2Fb.csv",
            KEPT + "c.txt",
            KEPT + "d=201.txt");
  }

  @Test
  void aMissingLiteralOutputFailsTheStep() throws Exception {
    code.put("a.py", "open('b.csv', 'w')\n");

    var status =
        run(spec().node(Kind.PYTHON, "a.py", Map.of("a.py", "a.py")).kept("node/out/flags.csv"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message())
        .contains("did not write its declared output node/out/flags.csv", "node/b.csv");
  }

  @Test
  void keptLinksDoNotLeaveTheFolder() throws Exception {
    code.put("a.py", "import os\nos.symlink('/etc/passwd', 'x.csv')\n");

    var status = run(spec().node(Kind.PYTHON, "a.py", Map.of("a.py", "a.py")).kept("node/*.csv"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message()).contains("is a symbolic link that leaves the working folder");
  }

  @Test
  void placesOutsideTheNodeAreRefused() throws Exception {
    code.put("a.py", "");

    var input =
        run(withInput("in/x.csv", "x").node(Kind.PYTHON, "a.py", Map.of("../a.py", "a.py")));

    assertThat(input.state()).isEqualTo(State.FAILED);
    assertThat(input.message())
        .contains("'in/x.csv' must be under node/", "'../a.py' is not a path");
  }

  @Test
  void saysThatPapermillIsMissing() throws Exception {
    path = temporary.toString();
    code.put("a.ipynb", "{}");

    var status = run(spec().run(Kind.NOTEBOOK, "a.ipynb"));

    assertThat(status.message()).contains("papermill, which runs notebooks, is missing");
  }

  @Test
  void aNotebookIsExecutedAndItsCopyKept() throws Exception {
    needPapermill();
    code.put(
        "flow/Part 1.ipynb",
        Papermill.notebook(
            "import os; print('seen', os.environ['A'] + open('in/x/y.csv').read())",
            "open('z.csv', 'w').write('1')"));

    var status =
        run(
            withInput("node/in/x/y.csv", "input")
                .memoryMib(1024)
                .timeLimit(Duration.ofMinutes(3))
                .environment("A", "variable and ")
                .node(
                    Kind.NOTEBOOK, "flow/Part 1.ipynb", Map.of("Part 1.ipynb", "flow/Part 1.ipynb"))
                .kept("node/z.csv")
                .kept("node/Part 1-output.ipynb"));

    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    var copy = new ObjectMapper().readTree(store.text(KEPT + "Part=201-output.ipynb"));
    assertThat(copy.at("/cells/0/outputs/0/text").toString()).contains("seen variable and input");
    assertThat(store.text(KEPT + "z.csv")).isEqualTo("1");
    assertThat(status.runtime().get("papermill")).startsWith("2.");
    assertThat(code.get("flow/Part 1.ipynb")).contains("\"outputs\":[]");
  }

  @Test
  void aFailingCellFailsTheStepAndIsInTheLog() throws Exception {
    needPapermill();
    code.put("steps/a.ipynb", Papermill.notebook("raise ValueError('no such region')"));

    var status =
        run(
            spec()
                .memoryMib(1024)
                .timeLimit(Duration.ofMinutes(3))
                .run(Kind.NOTEBOOK, "steps/a.ipynb")
                .output("out/a-output.ipynb"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.message()).contains("no such region");
    assertThat(status.outputs()).isEmpty();
  }

  private void needPapermill() {
    Papermill.need();
    path = Papermill.PATH;
  }
}
