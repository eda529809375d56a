package org.balsam.platform.compute.local;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.FreePort;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.WorkspaceRuntime.Credential;
import org.balsam.platform.compute.runner.LogTail;
import org.balsam.platform.compute.runner.ProcessNote;
import org.balsam.platform.compute.runner.ProcessTree;
import org.balsam.platform.compute.runner.StepLog;
import org.balsam.platform.compute.workspace.ServiceLog;

/**
 * The Jupyter of one workspace, on loopback, as a process that outlives the server. Its port, its
 * token and a note of the process are files of a folder that is not in the workspace; nothing is
 * kept in memory. The token is on no command line and in no environment.
 *
 * @param workspace the folder that people see
 * @param files where port, token and note are
 * @param path the folders in which programs are looked for, joined by ':'
 */
record WorkspaceService(Path workspace, Path files, String path) {

  /** Bytes of what is read before the end that is asked for, which may begin within a secret. */
  private static final int LONGEST_LINE = 4096;

  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Map<String, String> PROGRAMS =
      new java.util.TreeMap<>(
          Map.of("jupyter-lab", "JupyterLab", "jupyter-notebook", "Jupyter Notebook"));

  /** A program that can be the service. */
  record Program(Path file, String name) {}

  /** The program that is installed, JupyterLab before Jupyter Notebook. */
  Optional<Program> program() {
    return PROGRAMS.entrySet().stream()
        .flatMap(
            entry ->
                Arrays.stream(path.split(File.pathSeparator))
                    .map(folder -> Path.of(folder).resolve(entry.getKey()))
                    .filter(Files::isExecutable)
                    .map(file -> new Program(file, entry.getValue())))
        .findFirst();
  }

  /** Whether it was ever started and not stopped since. */
  boolean isWanted() {
    return Files.exists(note());
  }

  /** Whether its process lives. */
  boolean isAlive() {
    try {
      return Files.exists(note())
          && ProcessNote.parse(Files.readString(note())).flatMap(ProcessNote::process).isPresent();
    } catch (IOException gone) {
      return false;
    }
  }

  /** Starts it where it is installed and does not run. */
  void start(Map<String, String> environment) throws IOException {
    var program = program();
    if (program.isEmpty() || isAlive()) {
      return;
    }
    stop();
    Files.createDirectories(files);
    Files.createDirectories(home());
    var port = FreePort.find();
    var token = newToken();
    writePrivately(files.resolve("token"), port + " " + token);
    writePrivately(files.resolve("jupyter.json"), settings(port, token));
    writePrivately(log(), "");
    var builder =
        new ProcessBuilder(command(program.get()))
            .directory(workspace.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("HOME", home().toString());
    builder.environment().put("PATH", program.get().file().getParent() + ":" + path);
    builder.environment().put("LANG", "C.UTF-8");
    DurableFiles.write(note(), ProcessNote.of(builder.start().toHandle()).bytes());
  }

  /** Kills it with everything that it started, and forgets its token. */
  void stop() throws IOException {
    new ProcessTree(noted().orElse(null), home()).kill();
    for (var file : List.of(note(), files.resolve("token"), files.resolve("jupyter.json"))) {
      Files.deleteIfExists(file);
    }
  }

  /** Where it answers and with what; empty when it does not run. */
  Optional<Credential> credential() {
    try {
      return isAlive() ? Optional.of(written()) : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private Credential written() throws IOException {
    var parts = Files.readString(files.resolve("token")).split(" ");
    return new Credential(URI.create("http://127.0.0.1:" + parts[0] + "/"), parts[1]);
  }

  /** The end of what it wrote, without what signs in. */
  String logTail(int maxBytes) throws IOException {
    if (!Files.exists(log())) {
      return "";
    }
    var token =
        Files.exists(files.resolve("token")) ? List.of(written().token()) : List.<String>of();
    var looked = maxBytes + LONGEST_LINE;
    var tail = StepLog.tail(log(), looked);
    var whole = Files.size(log()) > looked ? ServiceLog.wholeLines(tail) : tail;
    return LogTail.of(ServiceLog.shown(whole, token).getBytes(StandardCharsets.UTF_8), maxBytes);
  }

  private Optional<ProcessHandle> noted() throws IOException {
    return Files.exists(note())
        ? ProcessNote.parse(Files.readString(note())).flatMap(ProcessNote::process)
        : Optional.empty();
  }

  private List<String> command(Program program) {
    var command = new ArrayList<String>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.add(program.file().toString());
    command.add("--config=" + files.resolve("jupyter.json"));
    return command;
  }

  /**
   * Jupyter Server reads a token from {@code IdentityProvider} and does not write it to its log.
   */
  private String settings(int port, String token) throws IOException {
    var server = new java.util.TreeMap<String, Object>();
    server.put("ip", "127.0.0.1");
    server.put("port", port);
    server.put("port_retries", 0);
    server.put("open_browser", false);
    server.put("root_dir", workspace.toString());
    server.put("allow_root", System.getProperty("user.name").equals("root"));
    return new com.fasterxml.jackson.databind.ObjectMapper()
        .writeValueAsString(
            Map.of("ServerApp", server, "IdentityProvider", Map.of("token", token)));
  }

  private static String newToken() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path home() {
    return workspace.resolve("home");
  }

  private Path note() {
    return files.resolve("process");
  }

  private Path log() {
    return files.resolve("service.log");
  }
}
