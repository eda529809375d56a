package org.balsam.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL process that runs on a data folder, whoever started it. */
record Postmaster(ProcessHandle process, Path data, int port) {

  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final int PORT_LINE = 3;

  /** The one that runs now; a file of a dead one, or one that cannot be read, is nobody's. */
  static Optional<Postmaster> of(Path data) throws IOException {
    var file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var lines = Files.readAllLines(file);
    try {
      var pid = Long.parseLong(lines.isEmpty() ? "" : lines.get(0).strip());
      var port = lines.size() > PORT_LINE ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0;
      return ProcessHandle.of(pid)
          .filter(process -> isServerOf(process, data))
          .map(process -> new Postmaster(process, data, port));
    } catch (NumberFormatException damaged) {
      return Optional.empty(); // PostgreSQL refuses to start with it and says so
    }
  }

  /** Stops one that a killed Balsam left behind; its clients are cut off. */
  void stop() throws IOException {
    LOG.info("stopping the PostgreSQL (process {}) that an earlier run left", process.pid());
    try {
      interrupt();
      process.onExit().get(60, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw stillThere(interrupted);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException late) {
      throw stillThere(late);
    }
  }

  private IllegalStateException stillThere(Exception cause) {
    return new IllegalStateException(
        "PostgreSQL process "
            + process.pid()
            + " still holds "
            + data
            + "; stop it and start again",
        cause);
  }

  private static boolean isServerOf(ProcessHandle process, Path data) {
    var command = Path.of("/proc/" + process.pid() + "/cmdline");
    try {
      var line =
          Files.exists(command)
              ? Files.readString(command)
              : process.info().commandLine().orElse("");
      return line.contains(data.toString());
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * SIGINT is PostgreSQL's fast shutdown; Java itself can only send TERM, which waits for clients.
   */
  private void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }
}
