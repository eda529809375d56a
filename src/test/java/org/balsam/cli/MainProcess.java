package org.balsam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.Balsam;

/** The application's main class in a process of its own, started in {@code work} of a folder. */
final class MainProcess {

  private final Path folder;

  MainProcess(Path folder) {
    this.folder = folder;
  }

  /** How it ended, and everything that it wrote. */
  record Ending(int exitCode, String output) {}

  Ending run(List<String> arguments) throws IOException, InterruptedException {
    return run(Map.of(), arguments);
  }

  Ending run(Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(), Balsam.class.getName()));
    command.addAll(arguments);
    var log = folder.resolve("log");
    var builder =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(folder.resolve("work")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
      return new Ending(process.exitValue(), Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
  }

  /** The application itself, without the tests and their settings. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(entry -> !entry.endsWith(Path.of("target", "test-classes")))
        .filter(entry -> !entry.getFileName().toString().startsWith("surefire"))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
