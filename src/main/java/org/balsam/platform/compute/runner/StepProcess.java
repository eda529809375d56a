package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus.State;
import org.jspecify.annotations.Nullable;

/** Runs a step's command and stops it, with all that it started, when it goes past a limit. */
final class StepProcess {

  private static final long LOOK_EVERY_MS = 200;
  private static final int TAIL_BYTES = 2000;
  private static final int FILE_TOO_LARGE = 128 + 25;
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "MemoryError",
          "Out of Memory Error",
          "OutOfMemoryError",
          "Cannot allocate memory",
          "cannot allocate vector",
          "std::bad_alloc");

  private final JobSpec spec;
  private final JobFolder folder;
  private final StepCommand command;
  private final long fetchedBytes;

  /** The working folder holds what was fetched, and nothing that counts as written. */
  StepProcess(JobSpec spec, JobFolder folder, StepCommand command) throws IOException {
    this.spec = spec;
    this.folder = folder;
    this.command = command;
    this.fetchedBytes = size(folder.work());
  }

  /**
   * Returns when the command ended with exit code 0 within its limits.
   *
   * @throws StepFailure in all other cases; nothing that it started is alive then
   */
  void run() throws StepFailure, IOException, InterruptedException {
    var process = start();
    var orphans = new Thread(() -> new ProcessTree(process.toHandle(), folder.home()).kill());
    Runtime.getRuntime().addShutdownHook(orphans);
    var tree = new ProcessTree(process.toHandle(), folder.home());
    try {
      watch(process, tree);
    } finally {
      tree.kill();
      Runtime.getRuntime().removeShutdownHook(orphans);
    }
    checkOutputSize();
    checkExit(spec, folder, process.waitFor());
  }

  private Process start() throws IOException {
    var builder =
        new ProcessBuilder(command.line())
            .directory(folder.directory(spec).toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    return builder.start();
  }

  private void watch(Process process, ProcessTree tree)
      throws StepFailure, IOException, InterruptedException {
    var limit = spec.resources().timeLimit();
    var end = System.nanoTime() + limit.toNanos();
    while (true) {
      var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (process.waitFor(Math.max(1, Math.min(LOOK_EVERY_MS, left)), TimeUnit.MILLISECONDS)) {
        return;
      }
      if (System.nanoTime() >= end) {
        throw new StepFailure(State.TIMED_OUT, null, timedOut(limit));
      }
      checkOutputSize();
      var memory = ProcessTree.memory(tree.alive());
      if (memory > command.memoryBytes()) {
        throw new StepFailure(State.LIMIT_EXCEEDED, null, tooMuchMemory(spec));
      }
    }
  }

  /** The bytes that the working folder and the log hold now. */
  static long written(JobFolder folder) throws IOException {
    return size(folder.work()) + size(folder.log());
  }

  private void checkOutputSize() throws StepFailure, IOException {
    var written = written(folder) - fetchedBytes;
    if (written > spec.resources().maxOutputBytes()) {
      throw new StepFailure(State.LIMIT_EXCEEDED, null, tooMuchOutput(spec, written));
    }
  }

  /** Says why a command failed whose processes have ended; does nothing for exit code 0. */
  static void checkExit(JobSpec spec, JobFolder folder, int exitCode)
      throws StepFailure, IOException {
    if (exitCode == 0) {
      return;
    }
    if (exitCode == FILE_TOO_LARGE) {
      throw new StepFailure(
          State.LIMIT_EXCEEDED, exitCode, tooMuchOutput(spec, spec.resources().maxOutputBytes()));
    }
    var tail = StepLog.tail(folder.log(), TAIL_BYTES).strip();
    if (OUT_OF_MEMORY.stream().anyMatch(tail::contains)) {
      throw new StepFailure(State.LIMIT_EXCEEDED, exitCode, tooMuchMemory(spec) + ends(tail));
    }
    var how =
        exitCode > 128
            ? " was ended by signal " + (exitCode - 128)
            : " failed with exit code " + exitCode;
    throw new StepFailure(State.FAILED, exitCode, name(spec) + how + ends(tail));
  }

  private static String ends(String tail) {
    return tail.isEmpty() ? "; its log is empty" : "; its log ends with:\n" + tail;
  }

  private String timedOut(Duration limit) {
    return name(spec)
        + " ran longer than its limit of "
        + limit
        + " and was stopped with everything"
        + " that it had started; make it faster, or raise 'resources: time' of the step in"
        + " balsam.yaml";
  }

  private static String tooMuchOutput(JobSpec spec, long written) {
    var limit = spec.resources().maxOutputBytes();
    return name(spec)
        + " wrote at least "
        + written
        + " bytes (files and log), more than its limit of "
        + limit
        + " bytes, and was stopped; write less, or raise 'resources: output' of the step in"
        + " balsam.yaml";
  }

  private static String tooMuchMemory(JobSpec spec) {
    return name(spec)
        + " needed more memory than its limit of "
        + spec.resources().memoryMib()
        + " MiB and was stopped; use less, or raise 'resources: memory' of the step in balsam.yaml";
  }

  private static String name(JobSpec spec) {
    return spec.command().file();
  }

  /** The bytes of all files under a folder that may change meanwhile; links are not followed. */
  private static long size(Path root) throws IOException {
    if (!Files.exists(root)) {
      return 0;
    }
    var sum = new AtomicLong();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return sum.get();
  }
}
