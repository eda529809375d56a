package org.balsam.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A real server for integration tests, run by its script {@code src/it/servers/<name>.sh}. The
 * script knows {@code start DIR}, which waits until the server is ready and prints its address as
 * the last line, or ends with 3 when the server is not installed; {@code stop DIR}, which ends it
 * and removes the folder; and {@code halt DIR}, which ends it and keeps the folder, so that another
 * {@code start DIR} goes on at the same address.
 *
 * <p>Where the server is not installed the tests are skipped with a line that says so, or fail when
 * {@code BALSAM_IT_SERVERS=required}.
 */
public final class ScriptedServer implements AutoCloseable {

  private static final int NOT_INSTALLED = 3;
  private static final Duration LONGEST = Duration.ofMinutes(4);
  private static final Map<String, ScriptedServer> SHARED = new ConcurrentHashMap<>();

  private final Path script;
  private final Map<String, String> environment;
  private final Path folder;
  private final Thread end = new Thread(this::stop);
  private URI address;

  private ScriptedServer(String name, Map<String, String> environment) {
    this.environment = environment;
    script = Path.of("src", "it", "servers", name + ".sh");
    try {
      folder = Files.createTempDirectory("balsam-" + name);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
    Runtime.getRuntime().addShutdownHook(end);
    address = start();
  }

  /** The server that all tests of this JVM share, started by the first who asks. */
  public static ScriptedServer shared(String name) {
    return SHARED.computeIfAbsent(name, unknown -> new ScriptedServer(unknown, Map.of()));
  }

  /** A server for the caller alone, who closes it. */
  public static ScriptedServer own(String name) {
    return own(name, Map.of());
  }

  /** The same with settings of the server that its script hands on from the environment. */
  public static ScriptedServer own(String name, Map<String, String> environment) {
    return new ScriptedServer(name, environment);
  }

  public URI address() {
    return address;
  }

  /** The folder of the server, where its script may leave more than the address. */
  public Path folder() {
    return folder;
  }

  /** Ends the server as an outage would; its data stay. */
  public void halt() {
    run("halt");
  }

  /** Starts it again after {@link #halt}, at the same address. */
  public void resume() {
    address = start();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(end);
    stop();
  }

  private URI start() {
    var lines = run("start").lines().toList();
    return URI.create(lines.get(lines.size() - 1));
  }

  private void stop() {
    if (Files.exists(folder)) {
      run("stop");
    }
  }

  private String run(String verb) {
    var output = folder.resolveSibling(folder.getFileName() + "." + verb);
    try {
      var builder =
          new ProcessBuilder(List.of("bash", script.toString(), verb, folder.toString()))
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(environment);
      var process = builder.start();
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(script + " " + verb + " took more than " + LONGEST);
      }
      if (process.exitValue() == NOT_INSTALLED) {
        notInstalled();
      }
      var printed = Files.readString(output).strip();
      if (process.exitValue() != 0) {
        throw new IllegalStateException(script + " " + verb + " failed: " + printed);
      }
      return printed;
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(script + " " + verb + " was interrupted", stopped);
    } finally {
      output.toFile().delete();
    }
  }

  private void notInstalled() {
    folder.toFile().delete();
    var line = "no server: run " + script + " install";
    if ("required".equals(System.getenv("BALSAM_IT_SERVERS"))) {
      Assertions.fail(line);
    }
    System.out.println("SKIPPED, " + line);
    Assumptions.abort(line);
  }
}
