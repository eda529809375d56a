package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.forge.CodeCheckout;
import org.balsam.platform.storage.DetachedStorage;
import org.jspecify.annotations.Nullable;

/** Runs the job of a folder as a process of its own; at most one at a time, and not once ended. */
public final class StepRunnerMain {

  /** A server that looks whether a runner lives holds the lock for a moment. */
  private static final int ATTEMPTS = 100;

  private static final long ATTEMPT_EVERY_MS = 50;

  private StepRunnerMain() {}

  /**
   * Exits as {@link ExitCodes} says. A storage server is named by the environment.
   *
   * @param arguments the job's folder, the storage's folder, the {@code PATH} of commands
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var folder = new JobFolder(Path.of(arguments[0]));
    var store =
        DetachedStorage.open(
            Path.of(arguments[1]), System.getenv(), folder.scratch(), Clock.systemUTC());
    var runner =
        new StepRunner(
            store, CodeCheckout.of(System.getenv())::fetch, arguments[2], Clock.systemUTC());
    System.exit(run(runner, folder));
  }

  private static int run(StepRunner runner, JobFolder folder)
      throws IOException, InterruptedException {
    try (var channel =
            FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = take(channel)) {
      if (lock == null) {
        return ExitCodes.BUSY;
      }
      var note = ProcessNote.of(ProcessHandle.current());
      channel.truncate(0).write(ByteBuffer.wrap(note.bytes()));
      // after the note: who cancels the job now either finds this process or is found here
      if (Files.exists(folder.result())) {
        return ExitCodes.of(JobJson.readStatus(folder.result()).state());
      }
      DurableFiles.deleteTree(folder.work());
      Files.deleteIfExists(folder.log());
      var status = runner.run(JobJson.readSpec(folder.spec()), folder);
      return ExitCodes.of(status.state());
    }
  }

  private static @Nullable FileLock take(FileChannel channel)
      throws IOException, InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      Thread.sleep(ATTEMPT_EVERY_MS);
    }
    return null;
  }
}
