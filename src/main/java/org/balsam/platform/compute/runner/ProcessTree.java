package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A process and everything that it started. A descendant that leaves the tree (its parent ended, or
 * it made a session of its own) is still known when it was seen before or, on Linux, by the {@code
 * HOME} in its environment. Not safe for several threads.
 */
public final class ProcessTree {

  private static final Path PROC = Path.of("/proc");
  private static final int ROUNDS = 100;

  private final @Nullable ProcessHandle root;
  private final byte[] mark;
  private final Set<ProcessHandle> seen = new HashSet<>();

  /**
   * A tree.
   *
   * @param root null when only its orphans are looked for
   * @param home the value of {@code HOME} that no other process has
   */
  public ProcessTree(@Nullable ProcessHandle root, Path home) {
    this.root = root;
    this.mark = ("HOME=" + home).getBytes(StandardCharsets.UTF_8);
  }

  /** The descendants that live now, the root among them. */
  Set<ProcessHandle> alive() {
    if (root != null) {
      seen.add(root);
      root.descendants().forEach(seen::add);
    }
    seen.removeIf(process -> !isAlive(process));
    Set.copyOf(seen).forEach(process -> process.descendants().forEach(seen::add));
    return Set.copyOf(seen);
  }

  /** Kills all of them, and again until none is left. */
  public void kill() {
    for (int round = 0; round < ROUNDS; round++) {
      seen.addAll(marked());
      var alive = alive();
      if (alive.isEmpty()) {
        return;
      }
      alive.forEach(ProcessHandle::destroyForcibly);
      pause();
    }
  }

  /** Whether the process runs; one that ended and waits for its parent to take note does not. */
  public static boolean isAlive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      var stat =
          Files.readString(PROC.resolve(process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
      return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0;
    } catch (IOException endedOrNotLinux) {
      return process.isAlive();
    }
  }

  /** Memory that only these processes hold, in bytes; 0 where the system does not tell. */
  static long memory(Set<ProcessHandle> processes) {
    return processes.stream().mapToLong(process -> memory(process.pid())).sum();
  }

  private static long memory(long pid) {
    try (var lines = Files.lines(PROC.resolve(pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("RssAnon:") || line.startsWith("RssShmem:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .sum();
    } catch (IOException | RuntimeException ended) {
      return 0;
    }
  }

  private Set<ProcessHandle> marked() {
    if (!Files.isDirectory(PROC)) {
      return Set.of();
    }
    return ProcessHandle.allProcesses().filter(this::isMarked).collect(Collectors.toSet());
  }

  private boolean isMarked(ProcessHandle process) {
    return environment(process.pid()).filter(this::holdsMark).isPresent();
  }

  private static Optional<byte[]> environment(long pid) {
    try {
      return Optional.of(Files.readAllBytes(PROC.resolve(pid + "/environ")));
    } catch (IOException foreignOrEnded) {
      return Optional.empty();
    }
  }

  private boolean holdsMark(byte[] environment) {
    var start = 0;
    for (int i = 0; i < environment.length; i++) {
      if (environment[i] == 0) {
        if (Arrays.equals(environment, start, i, mark, 0, mark.length)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
