package org.balsam.platform.compute.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.platform.compute.JobStatus.State;
import org.junit.jupiter.api.Test;

class CommandStepTest extends StepRunnerFixture {

  @Test
  void publishesWhatTheCommandWrote() throws Exception {
    var status =
        run(
            withInput("in/a/x.csv", "n\n1\n2\n")
                .shell("cat in/a/x.csv > out/y.csv; echo done")
                .output("out/y.csv"));

    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    assertThat(status.exitCode()).isZero();
    assertThat(status.outputs())
        .singleElement()
        .satisfies(
            output -> {
              assertThat(output.rows()).isEqualTo(2);
              assertThat(output.size()).isEqualTo(6);
              assertThat(output.sha256()).isEqualTo(Sha256.of("n\n1\n2\n"));
            });
    assertThat(store.text("2026-q3/r0/out/result/b001/y.csv")).isEqualTo("n\n1\n2\n");
    assertThat(log()).contains("done");
  }

  @Test
  void publishesTheSameOutputOnce() throws Exception {
    var spec = spec().shell("echo x > out/y.txt").output("out/y.txt");
    var first = run(spec);
    org.balsam.platform.compute.DurableFiles.deleteTree(folder().root());

    assertThat(run(spec).outputs()).isEqualTo(first.outputs());
    assertThat(store.writes).isEqualTo(1);
  }

  @Test
  void givesExactlyTheDeclaredEnvironment() throws Exception {
    run(spec().environment("BALSAM_ROUND", "lfs-2026-q3-r0").run(Kind.COMMAND, "env"));

    var names =
        log()
            .lines()
            .filter(line -> line.contains("=") && !line.startsWith("[balsam]"))
            .map(line -> line.substring(0, line.indexOf('=')))
            .collect(Collectors.toSet());
    names.removeAll(Set.of("PWD", "SHLVL", "_", "OLDPWD"));
    assertThat(names).containsExactlyInAnyOrder("BALSAM_ROUND", "PATH", "HOME", "TMPDIR");
    assertThat(log())
        .contains("HOME=" + folder().home())
        .contains("TMPDIR=" + folder().tmp())
        .contains("PATH=" + StepRunner.DEFAULT_PATH);
  }

  @Test
  void runsInTheWorkingFolder() throws Exception {
    run(spec().shell("pwd; ls"));

    assertThat(log()).contains(folder().work().toString()).contains("code\nhome\nin\nout\ntmp\n");
  }

  @Test
  void tellsExitCodeAndTheLogsEnd() throws Exception {
    var status = run(spec().shell("echo it broke; exit 7").output("out/y.csv"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.exitCode()).isEqualTo(7);
    assertThat(status.message()).contains("exit code 7").endsWith("it broke");
    assertThat(status.outputs()).isEmpty();
  }

  @Test
  void listsWhatWasExpectedAndFoundWhenAnOutputIsMissing() throws Exception {
    var status = run(spec().shell("echo > out/z.csv").output("out/z.csv").output("out/y.csv"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message())
        .isEqualTo(
            "the step did not write its declared output out/y.csv; expected [out/z.csv, out/y.csv],"
                + " found [out/z.csv]");
    assertThat(status.exitCode()).isZero();
    assertThat(store.writes).isZero();
  }

  @Test
  void refusesAnOutputThatLinksOutOfTheFolder() throws Exception {
    var status = run(spec().shell("ln -s /etc/passwd out/y.txt").output("out/y.txt"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message()).contains("symbolic link that leaves the working folder");
    assertThat(store.writes).isZero();
  }

  @Test
  void refusesAMalformedCsv() throws Exception {
    var status = run(spec().shell("printf 'a\\n\"1\\n' > out/y.csv").output("out/y.csv"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message()).contains("out/y.csv is not a CSV file");
  }

  @Test
  void namesTheInputThatChanged() throws Exception {
    var spec = withInput("in/a/x.csv", "n\n1\n");
    store.damage("given/in/a/x.csv");

    var status = run(spec.shell("echo ran"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message())
        .contains("nsi-prd-lfs-work/given/in/a/x.csv, version v1")
        .contains("expected sha256 " + Sha256.of("n\n1\n") + ", found ");
    assertThat(log()).doesNotContain("ran");
  }

  @Test
  void namesTheSizeOfAnInputThatIsLonger() throws Exception {
    withInput("in/x.csv", "longer");

    var status = run(spec().input("in/x.csv", "given/in/x.csv", "v1", 3, Sha256.of("lon")));

    assertThat(status.message()).contains("expected 3 bytes, found more than that");
  }

  @Test
  void saysWhichInputIsNotInStorage() throws Exception {
    var status = run(spec().input("in/x.csv", "gone", "v1", 3, Sha256.of("")));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message()).contains("input in/x.csv").contains("no object gone");
  }

  @Test
  void killsGrandchildrenAtTheTimeLimit() throws Exception {
    var begin = System.nanoTime();
    var status =
        run(
            spec()
                .timeLimit(Duration.ofSeconds(1))
                .shell(
                    "sh -c 'sleep 61.125 & sleep 61.125' & (setsid sleep 61.125 &) ; env -i setsid"
                        + " sleep 61.125 & sleep 61.125"));

    assertThat(status.state()).isEqualTo(State.TIMED_OUT);
    assertThat(status.exitCode()).isNull();
    assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(40).toNanos());
    assertThat(processesWith("61.125")).isZero();
  }

  @Test
  void leavesNoProcessBehindAfterSuccess() throws Exception {
    var status = run(spec().shell("(setsid sleep 62.125 &); sleep 0.3"));

    assertThat(status.state()).isEqualTo(State.SUCCEEDED);
    assertThat(processesWith("62.125")).isZero();
  }

  @Test
  void stopsAWriterOfTenGigabytes() throws Exception {
    var status =
        run(
            spec()
                .maxOutputBytes(20 << 20)
                .shell(
                    "for i in 1 2 3 4 5 6 7 8 9 10; do head -c 1073741824 /dev/zero > out/$i; done"));

    assertThat(status.state()).as(status.message()).isEqualTo(State.LIMIT_EXCEEDED);
    assertThat(status.message())
        .contains("more than its limit of 20971520 bytes")
        .contains("raise 'resources: output'");
    assertThat(sizeOf(folder().work())).isLessThan(10L * (21 << 20));
  }

  @Test
  void countsTheLogAsOutput() throws Exception {
    var status = run(spec().maxOutputBytes(1 << 20).shell("yes"));

    assertThat(status.state()).isEqualTo(State.LIMIT_EXCEEDED);
    assertThat(Files.size(folder().log())).isLessThan(2 << 20);
  }

  @Test
  void stopsAPythonScriptThatTakesTooMuchMemory() throws Exception {
    code.put("big.py", "x = bytearray(400 << 20)\nprint(len(x))\n");

    var status = run(spec().memoryMib(128).run(Kind.PYTHON, "big.py"));

    assertThat(status.state()).as(status.message()).isEqualTo(State.LIMIT_EXCEEDED);
    assertThat(status.message()).contains("128 MiB").contains("MemoryError");
  }

  @Test
  void countsTheMemoryOfAllProcessesTogether() throws Exception {
    code.put("part.py", "import time\nx = b'x' * (90 << 20)\ntime.sleep(30)\n");

    var status =
        run(spec().memoryMib(200).shell("for i in 1 2 3 4; do python3 code/part.py & done; wait"));

    assertThat(status.state()).as(status.message()).isEqualTo(State.LIMIT_EXCEEDED);
    assertThat(status.message()).contains("200 MiB");
  }

  @Test
  void runsPythonWithArguments() throws Exception {
    code.put(
        "steps/a.py",
        "import os, sys\nopen('out/a.txt', 'w').write(sys.argv[1] + os.environ['BALSAM_PERIOD'])\n");

    var status =
        run(
            spec()
                .environment("BALSAM_PERIOD", "2009-q1")
                .run(Kind.PYTHON, "steps/a.py", "x y")
                .output("out/a.txt"));

    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    assertThat(store.text("2026-q3/r0/out/result/b001/a.txt")).isEqualTo("x y2009-q1");
    assertThat(status.runtime().get("python")).startsWith("Python 3");
  }

  @Test
  void saysWhatIsMissingWhenThereIsNoInterpreter() throws Exception {
    path = temporary.toString();
    code.put("a.R", "1");

    var status = run(spec().run(Kind.R, "a.R"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message()).contains("R is missing on this machine").contains("'Rscript'");
  }

  @Test
  void saysThatTheScriptIsNotInTheRepository() throws Exception {
    var status = run(spec().run(Kind.PYTHON, "steps/none.py"));

    assertThat(status.message()).contains("steps/none.py is not in the repository at commit 000");
  }

  @Test
  void refusesAFolderThatIsNotEmpty() throws Exception {
    Files.createDirectories(folder().work());
    Files.writeString(folder().work().resolve("old"), "");

    assertThat(run(spec()).message()).contains("is not empty");
  }

  @Test
  void refusesASpecificationThatPointsOutside() throws Exception {
    var status =
        run(
            spec()
                .output("out/../../x")
                .output("in/x")
                .input("in//x", "k", "v", 1, Sha256.of(""))
                .environment("HOME", "/")
                .timeLimit(Duration.ZERO)
                .code(java.net.URI.create("file:///x"), "main"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message().lines()).hasSize(6);
    assertThat(status.message()).contains("/outputs/0/path: 'out/../../x' is not a path");
  }

  @Test
  void anOfflineCommandReachesNoNetwork() throws Exception {
    try (var server = new java.net.ServerSocket(0)) {
      code.put(
          "net.py",
          "import socket\nsocket.create_connection(('127.0.0.1', %d), 2)\n"
              .formatted(server.getLocalPort()));

      var status = run(spec().run(Kind.PYTHON, "net.py"));

      var enforced = status.runtime().get("network").equals("offline, enforced");
      assertThat(status.state()).isEqualTo(enforced ? State.FAILED : State.SUCCEEDED);
      assertThat(enforced).isEqualTo(NetworkFence.isAvailable());
    }
  }

  private static long processesWith(String argument) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().filter(line -> line.contains(argument)).isPresent())
        .count();
  }

  private static long sizeOf(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
