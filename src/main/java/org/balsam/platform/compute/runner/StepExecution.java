package org.balsam.platform.compute.runner;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.balsam.platform.compute.JobSpec;
import org.tribuo.Tribuo;

/**
 * Runs the command of a step whose files are there.
 *
 * @param path the {@code PATH} of commands
 */
record StepExecution(String path) {

  /** Returns when the command ended well within its limits; describes what it ran with. */
  void run(JobSpec spec, JobFolder folder, Map<String, String> machine, boolean fenced)
      throws StepFailure, IOException, InterruptedException {
    var command = StepCommand.of(spec, folder, path, fenced);
    describeInterpreter(spec, machine);
    try {
      new StepProcess(spec, folder, command).run();
    } finally {
      describeDuckDb(folder, machine);
    }
  }

  private void describeInterpreter(JobSpec spec, Map<String, String> machine)
      throws IOException, InterruptedException {
    switch (spec.command().kind()) {
      case PYTHON -> machine.put("python", version("python3"));
      case R -> machine.put("r", version("Rscript"));
      case NOTEBOOK -> machine.put("papermill", version("papermill"));
      case JAVA -> {
        machine.put("tribuo", Tribuo.VERSION);
        machine.put("onnxruntime", OrtEnvironment.class.getPackage().getImplementationVersion());
      }
      case SQL, COMMAND -> {}
    }
  }

  private String version(String program) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(StepCommand.lookUp(program, path).orElse(program), "--version")
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", path);
    var process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return "unknown";
    }
    return new String(process.getInputStream().readNBytes(200)).strip();
  }

  private static void describeDuckDb(JobFolder folder, Map<String, String> machine)
      throws IOException {
    var version = folder.scratch().resolve(SqlMain.VERSION_FILE);
    if (Files.exists(version)) {
      machine.put("duckdb", Files.readString(version));
    }
  }
}
