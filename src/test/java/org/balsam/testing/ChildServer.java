package org.balsam.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.Balsam;
import org.balsam.kernel.FreePort;
import org.jspecify.annotations.Nullable;

/** The real application in a process of its own, on a folder that outlives it. */
public final class ChildServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final Path folder;
  private final String name;
  private final int port = FreePort.find();
  private int starts;
  private @Nullable Process process;

  /** A server whose home is below {@code folder}. */
  public ChildServer(Path folder) {
    this(folder, "server");
  }

  /** One of several servers with the same home and an external database. */
  public ChildServer(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /** Its home folder. */
  public Path home() {
    return folder.resolve("home");
  }

  /** Where it answers. */
  public URI base() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Starts it with these system properties and waits until it answers. */
  public void start(List<String> systemProperties) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC"));
    command.addAll(systemProperties);
    command.addAll(List.of("-cp", classPath(), Balsam.class.getName()));
    command.add("--balsam.home=" + home());
    command.add("--server.port=" + port);
    if (systemProperties.stream().noneMatch(one -> one.startsWith("-Dbalsam.demo.enabled"))) {
      // the demo is filled once; afterwards only what the engine resumes is at work
      command.add("--balsam.demo.enabled=" + (starts == 0));
    }
    command.add("--camunda.bpm.job-execution.wait-time-in-millis=300");
    command.add("--camunda.bpm.job-execution.max-wait=300");
    try {
      var log = folder.resolve(name + "-" + ++starts + ".log").toFile();
      process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    awaitAnswer();
  }

  private void awaitAnswer() {
    var deadline = Instant.now().plus(PATIENCE);
    while (isAlive() && !Api.answers(base().resolve("/actuator/health"))) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("the server did not start: " + log());
      }
      pause();
    }
  }

  /** Whether its process runs. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Sends it SIGKILL and waits for its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** The log of the last start. */
  public Path log() {
    return folder.resolve(name + "-" + starts + ".log");
  }

  /** What the log of the last start says by now. */
  public String logText() {
    try {
      return Files.readString(log());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** How often it was started. */
  public int starts() {
    return starts;
  }

  /** A superuser's connection; the database outlives a killed server until the next start. */
  public Connection database() throws SQLException {
    var data = home().resolve("postgresql");
    try {
      var lines = Files.readAllLines(data.resolve("data/postmaster.pid"));
      var login = new Properties();
      login.put("user", "postgres");
      login.put("password", Files.readAllLines(data.resolve("passwords")).get(0));
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + lines.get(3) + "/balsam?currentSchema=balsam,engine",
          login);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Stops it in an orderly way, and the database that it left behind if it was killed. */
  @Override
  public void close() {
    if (isAlive()) {
      process.destroy();
      try {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    stopOrphan();
  }

  private void stopOrphan() {
    var pidFile = home().resolve("postgresql/data/postmaster.pid");
    try {
      if (Files.exists(pidFile)) {
        var pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        ProcessHandle.of(pid)
            .filter(handle -> handle.info().commandLine().orElse("").contains(home().toString()))
            .ifPresent(ChildServer::stop);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Waits for its end, too: its folder may be removed next. */
  private static void stop(ProcessHandle process) {
    process.destroy();
    process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
  }

  /** A tenth of a second. */
  public static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Without the jar of the test runner, whose manifest names everything once more. */
  public static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("surefire"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
