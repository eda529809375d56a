package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.classifier.ClassifierMain;

/**
 * What is started for a step, and with which environment.
 *
 * @param line program and arguments
 * @param environment exactly what the process gets
 * @param memoryBytes what all its processes together may hold
 */
record StepCommand(List<String> line, Map<String, String> environment, long memoryBytes) {

  /** What the limit of DuckDB or of the heap does not count: the Java machine and libraries. */
  private static final long JAVA_OVERHEAD = 256L << 20;

  /** A Java machine unpacks native libraries into the scratch folder. */
  private static final long JAVA_LARGEST_FILE = 256L << 20;

  private static final int SQL_HEAP_MIB = 64;
  private static final Path SHELL = Path.of("/bin/sh");

  static StepCommand of(JobSpec spec, JobFolder folder, String path, boolean fenced)
      throws StepFailure, IOException {
    var memory = (long) spec.resources().memoryMib() << 20;
    var maxFile = spec.resources().maxOutputBytes();
    if (spec.command().kind() == JobSpec.Kind.SQL) {
      script(spec, folder);
      var line =
          JavaCommand.of(
              SqlMain.class, SQL_HEAP_MIB, folder.scratch(), List.of(folder.spec().toString()));
      var limits = limits(Math.max(maxFile, JAVA_LARGEST_FILE), 0);
      return new StepCommand(
          limited(line, limits, false), javaEnvironment(folder), memory + JAVA_OVERHEAD);
    }
    if (spec.command().kind() == JobSpec.Kind.JAVA) {
      var line =
          JavaCommand.of(
              ClassifierMain.class,
              spec.resources().memoryMib(),
              folder.scratch(),
              List.of(folder.spec().toString()));
      var limits = limits(Math.max(maxFile, JAVA_LARGEST_FILE), 0);
      return new StepCommand(
          limited(line, limits, fenced), javaEnvironment(folder), memory + JAVA_OVERHEAD);
    }
    var environment = new TreeMap<>(spec.environment());
    environment.put("PATH", path);
    environment.put("HOME", folder.home().toString());
    environment.put("TMPDIR", folder.tmp().toString());
    var line = new ArrayList<>(program(spec, folder, path));
    line.addAll(spec.command().arguments());
    return new StepCommand(limited(line, limits(maxFile, memory), fenced), environment, memory);
  }

  private static Map<String, String> javaEnvironment(JobFolder folder) {
    var environment = new TreeMap<>(JavaCommand.ENVIRONMENT);
    environment.put("HOME", folder.home().toString());
    return environment;
  }

  private static List<String> program(JobSpec spec, JobFolder folder, String path)
      throws StepFailure, IOException {
    return switch (spec.command().kind()) {
      case PYTHON -> List.of(find("python3", path, "Python 3"), script(spec, folder));
      case R -> List.of(find("Rscript", path, "R"), "--vanilla", script(spec, folder));
      case NOTEBOOK -> {
        var line =
            new ArrayList<>(List.of(find("papermill", path, "papermill, which runs notebooks,")));
        script(spec, folder);
        line.addAll(spec.command().notebookArguments());
        yield line;
      }
      case COMMAND ->
          List.of(
              spec.command().file().contains("/")
                  ? folder.work().resolve(script(spec, folder)).toString()
                  : find(spec.command().file(), path, "the program"));
      case SQL, JAVA ->
          throw new IllegalArgumentException(spec.command().kind() + " has no program");
    };
  }

  /** The script, relative to the folder in which the command is started. */
  private static String script(JobSpec spec, JobFolder folder) throws StepFailure, IOException {
    var file = folder.code().resolve(spec.command().file());
    if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(folder.code().toRealPath())) {
      throw new StepFailure(
          "the file "
              + spec.command().file()
              + " is not in the repository at commit "
              + spec.code().commit());
    }
    return spec.command().script();
  }

  private static String find(String name, String path, String what) throws StepFailure {
    return lookUp(name, path)
        .orElseThrow(
            () ->
                new StepFailure(
                    what
                        + " is missing on this machine: no executable '"
                        + name
                        + "' in PATH "
                        + path
                        + "; install it, or choose another kind of step"));
  }

  /** The executable that {@code name} means. */
  static Optional<String> lookUp(String name, String path) {
    for (var folder : path.split(":")) {
      var candidate = Path.of(folder, name);
      if (candidate.isAbsolute()
          && Files.isRegularFile(candidate)
          && Files.isExecutable(candidate)) {
        return Optional.of(candidate.toString());
      }
    }
    return Optional.empty();
  }

  private static String limits(long maxFile, long memory) {
    var script = "ulimit -c 0; ulimit -f " + (maxFile / 512 + 2) + "; ";
    return memory == 0 ? script : script + "ulimit -d " + memory / 1024 + " 2>/dev/null; ";
  }

  private static List<String> limited(List<String> line, String limits, boolean fenced) {
    if (!Files.isExecutable(SHELL)) {
      return line;
    }
    var all = new ArrayList<>(fenced ? NetworkFence.PREFIX : List.of());
    all.addAll(
        List.of(
            SHELL.toString(),
            "-c",
            (fenced ? NetworkFence.LOOPBACK : "") + limits + "exec \"$@\"",
            "step"));
    all.addAll(line);
    return all;
  }
}
