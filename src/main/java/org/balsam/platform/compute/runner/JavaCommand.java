package org.balsam.platform.compute.runner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** Starts a main class of Balsam's own in another Java machine, from classes or from the jar. */
public final class JavaCommand {

  private static final String BOOT_LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";

  /**
   * The environment of such a machine: nothing of this one's, only what Java needs to read file
   * names of any language.
   */
  public static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C.UTF-8");

  private JavaCommand() {}

  /**
   * The command line.
   *
   * @param heapMib mebibytes
   * @param temporary an existing folder for temporary files
   */
  public static List<String> of(
      Class<?> main, int heapMib, Path temporary, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heapMib + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + temporary.resolve("java-crash.txt"),
            "-Djava.io.tmpdir=" + temporary,
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC",
            "-Duser.language=en"));
    var classPath = classPath();
    command.addAll(List.of("-cp", classPath));
    if (isExecutableJar(classPath)) {
      command.addAll(List.of("-Dloader.main=" + main.getName(), BOOT_LAUNCHER));
    } else {
      command.add(main.getName());
    }
    command.addAll(arguments);
    return command;
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isExecutableJar(String classPath) {
    if (classPath.contains(File.pathSeparator) || !classPath.endsWith(".jar")) {
      return false;
    }
    try (var jar = new JarFile(classPath)) {
      return jar.getEntry("BOOT-INF/classes/") != null;
    } catch (IOException unreadable) {
      return false;
    }
  }
}
