package org.balsam.platform.compute.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.balsam.kernel.JobId;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.runner.JobFolder;
import org.balsam.platform.compute.runner.ProcessNote;
import org.balsam.platform.compute.runner.ProcessTree;
import org.balsam.platform.compute.runner.StepLog;

/**
 * One job as its folder and the running processes tell it; nothing about it is kept in memory, so
 * that it is the same for every server and after every crash.
 */
record LocalJob(JobId id, JobFolder folder) {

  private static final int TAIL_BYTES = 1000;
  private static final Optional<ProcessHandle> NOBODY = Optional.empty();

  /** Where the job stands on this machine. */
  enum Phase {
    UNKNOWN,
    QUEUED,
    RUNNING,
    LOST,
    ENDED
  }

  static LocalJob in(Path jobs, JobId id) {
    return new LocalJob(id, new JobFolder(jobs.resolve(id.value())));
  }

  Phase phase() throws IOException {
    if (!Files.exists(folder.spec())) {
      return Phase.UNKNOWN;
    }
    if (Files.exists(folder.result())) {
      return Phase.ENDED;
    }
    // in this order, because the job may be started or end between two looks
    var wasStarted = Files.exists(startedFile());
    if (isLocked() || runner().isPresent()) {
      return Phase.RUNNING;
    }
    if (Files.exists(folder.result())) {
      return Phase.ENDED;
    }
    return wasStarted ? Phase.LOST : Phase.QUEUED;
  }

  Optional<JobStatus> status() throws IOException {
    return switch (phase()) {
      case UNKNOWN -> Optional.empty();
      case ENDED -> Optional.of(JobJson.readStatus(folder.result()));
      case QUEUED -> Optional.of(status(State.RUNNING, ""));
      case RUNNING -> Optional.of(status(State.RUNNING, ""));
      case LOST -> Optional.of(status(State.LOST, lost()));
    };
  }

  JobSpec spec() {
    return JobJson.readSpec(folder.spec());
  }

  /** When it was started last. */
  Optional<Instant> startedAt() throws IOException {
    return started().map(ProcessNote::noted);
  }

  /** Notes the process that was started for it. */
  void noteStart(ProcessHandle process) throws IOException {
    DurableFiles.write(startedFile(), ProcessNote.of(process).bytes());
  }

  /** Puts a lost job back into the queue. */
  void forgetStart() throws IOException {
    killProcesses();
    Files.deleteIfExists(startedFile());
  }

  /** Kills the runner, the command, and everything that they started. */
  void killProcesses() throws IOException {
    new ProcessTree(runner().orElse(null), folder.home()).kill();
  }

  /** Writes the result unless there is one. */
  void end(State state, String message) throws IOException {
    DurableFiles.create(folder.result(), JobJson.write(status(state, message)));
  }

  /** Keeps variables of the runner, readable by this user only. */
  void noteAccess(Map<String, String> variables) throws IOException {
    Files.deleteIfExists(accessFile());
    if (variables.isEmpty()) {
      return;
    }
    var file = folder.root().resolve("access.new");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        variables.entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .collect(Collectors.joining("\n")));
    Files.move(file, accessFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The variables that were kept. */
  Map<String, String> access() throws IOException {
    if (!Files.exists(accessFile())) {
      return Map.of();
    }
    return Files.readAllLines(accessFile()).stream()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private Path accessFile() {
    return folder.root().resolve("access");
  }

  /** Removes what only the running job needed. */
  void clean() throws IOException {
    Files.deleteIfExists(accessFile());
    DurableFiles.deleteTree(folder.work());
    DurableFiles.deleteTree(folder.scratch());
  }

  boolean isAnnounced() {
    return Files.exists(announcedFile());
  }

  void noteAnnounced() throws IOException {
    DurableFiles.create(announcedFile(), new byte[0]);
  }

  /** The beginning of a file in the working folder; links are not followed out of it. */
  Optional<String> written(String path, int maxBytes) throws IOException {
    var file = folder.work().resolve(path).normalize();
    if (!file.startsWith(folder.work()) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (var content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return file.toRealPath().startsWith(folder.work().toRealPath())
          ? Optional.of(new String(content.readNBytes(maxBytes), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (NoSuchFileException endedMeanwhile) {
      return Optional.empty();
    }
  }

  /** What the runner itself printed, which is only trouble. */
  Path runnerLog() {
    return folder.root().resolve("runner.log");
  }

  private Path startedFile() {
    return folder.root().resolve("pid");
  }

  private Path announcedFile() {
    return folder.root().resolve("announced");
  }

  private String lost() throws IOException {
    var trouble = StepLog.tail(runnerLog(), TAIL_BYTES).strip();
    return "the runner went down before the step ended; running it again is safe"
        + (trouble.isEmpty() ? "" : "; it said last:\n" + trouble);
  }

  private JobStatus status(State state, String message) throws IOException {
    var end = state.ended() ? Instant.now() : null;
    return new JobStatus(
        id, state, null, message, startedAt().orElse(null), end, List.of(), Map.of());
  }

  /** The living runner: the one that holds the lock, or one that was just started. */
  private Optional<ProcessHandle> runner() throws IOException {
    var holder = isLocked() ? note(folder.lock()).flatMap(ProcessNote::process) : NOBODY;
    return holder.isPresent() ? holder : started().flatMap(ProcessNote::process);
  }

  private Optional<ProcessNote> started() throws IOException {
    return note(startedFile());
  }

  /** Empty without the file, and while its writer has not finished it. */
  private static Optional<ProcessNote> note(Path file) throws IOException {
    try {
      return ProcessNote.parse(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException neverStarted) {
      return Optional.empty();
    }
  }

  private boolean isLocked() throws IOException {
    // two looks of one process at the same time would take each other for a runner
    synchronized (LocalJob.class) {
      try (var channel = FileChannel.open(folder.lock(), StandardOpenOption.WRITE);
          var lock = channel.tryLock()) {
        return lock == null;
      } catch (NoSuchFileException neverRun) {
        return false;
      }
    }
  }
}
