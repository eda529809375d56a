package org.balsam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.balsam.platform.compute.CodeRepository;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.storage.DetachedStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StepRunCommandTest {

  @TempDir Path temporary;
  private CodeRepository code;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void open() {
    code = CodeRepository.in(temporary.resolve("repository"), Map.of("a.sql", "select 1"));
    DetachedStorage.filesystem(temporary.resolve("objects"), Clock.systemUTC())
        .ensureBucket(JobSpecFixture.BUCKET, JobSpecFixture.PROJECT);
  }

  private int run(JobSpecFixture spec) throws IOException {
    var built = spec.code(code.uri(), code.commit()).build();
    Files.write(temporary.resolve("spec.json"), JobJson.write(built));
    return run(
        "run",
        temporary.resolve("spec.json").toString(),
        "--work",
        temporary.resolve("job").toString(),
        "--storage",
        temporary.resolve("objects").toString());
  }

  private int run(String... arguments) {
    return new CommandLine(new StepCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void runsAStepAndTellsWhatItPublished() throws IOException {
    var exit = run(JobSpecFixture.spec().shell("echo x > out/x.txt").output("out/x.txt"));

    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString())
        .startsWith("SUCCEEDED\nout/x.txt -> nsi-prd-lfs-work/2026-q3/r0/out/result/b001/x.txt");
    assertThat(JobJson.readStatus(temporary.resolve("job/result.json")).state())
        .isEqualTo(State.SUCCEEDED);
    assertThat(temporary.resolve("job").toFile().list())
        .containsExactlyInAnyOrder("spec.json", "work", "log.txt", "result.json");
  }

  @Test
  void exitCodesTellHowItEnded() throws IOException {
    assertThat(run(JobSpecFixture.spec().shell("exit 9"))).isEqualTo(1);
    assertThat(out.toString()).startsWith("FAILED: ").contains("exit code 9");
  }

  @Test
  void theTimeLimitHasAnExitCodeOfItsOwn() throws IOException {
    var spec = JobSpecFixture.spec().shell("sleep 9").timeLimit(Duration.ofMillis(100));
    assertThat(run(spec)).isEqualTo(3);
  }

  @Test
  void theOtherLimitsHaveAnExitCodeOfTheirOwn() throws IOException {
    assertThat(run(JobSpecFixture.spec().shell("yes").maxOutputBytes(1000))).isEqualTo(4);
  }

  @Test
  void refusesAFolderThatIsNotEmpty() throws IOException {
    Files.createDirectories(temporary.resolve("job/x"));

    assertThat(run(JobSpecFixture.spec())).isEqualTo(2);
    assertThat(err.toString()).contains("is not empty");
  }

  @Test
  void refusesWhatIsNotASpecification() throws IOException {
    for (var text : new String[] {"", "{}", "[", "{\"id\":\"lfs-2026-q3-r0-x1-0000\"}", "null"}) {
      Files.writeString(temporary.resolve("bad.json"), text);
      var exit =
          run("run", temporary.resolve("bad.json").toString(), "--work", "w", "--storage", "s");
      assertThat(exit).as(text).isEqualTo(2);
    }
    assertThat(Path.of("w")).doesNotExist();
    assertThat(err.toString()).contains("bad.json");
  }

  @Test
  void helpDocumentsExitCodes() {
    assertThat(run("run", "--help")).isZero();
    assertThat(out.toString()).contains("--storage", "Exit codes:", "3   The step ran past");
  }
}
