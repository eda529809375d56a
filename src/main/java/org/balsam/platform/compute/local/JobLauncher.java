package org.balsam.platform.compute.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.CrossProcessLock;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.ComputeProperties;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.StepAccess;
import org.balsam.platform.compute.local.LocalJob.Phase;
import org.balsam.platform.compute.runner.JavaCommand;
import org.balsam.platform.compute.runner.StepRunnerMain;
import org.balsam.platform.storage.StorageAccess;
import org.balsam.platform.storage.StorageGrant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the processes of jobs, one server at a time. */
final class JobLauncher {

  private static final Logger LOG = LoggerFactory.getLogger(JobLauncher.class);
  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(5);
  private static final int RUNNER_HEAP_MIB = 256;
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Path jobs;
  private final StorageAccess storage;
  private final JobAccess access;
  private final ComputeProperties.Local settings;
  private volatile Instant askAgainAt = Instant.EPOCH;

  JobLauncher(
      Path jobs, StorageAccess storage, JobAccess access, ComputeProperties.Local settings) {
    this.jobs = jobs;
    this.storage = storage;
    this.access = access;
    this.settings = settings;
  }

  /** Held while the processes of any job are started or stopped. */
  Path lock() {
    return jobs.resolve(".lock");
  }

  /** Starts queued ones of these jobs, oldest first, as far as the limit allows. */
  void startQueued(Collection<JobId> candidates) throws IOException {
    var keys = keys(startable(candidates));
    if (keys.isEmpty()) {
      return;
    }
    CrossProcessLock.<Void, IOException>holding(
        lock(),
        () -> {
          for (var job : startable(candidates)) {
            if (keys.containsKey(job.id())) {
              start(job, keys.get(job.id()));
            }
          }
          return null;
        });
  }

  private List<LocalJob> startable(Collection<JobId> candidates) throws IOException {
    var queued = new ArrayList<LocalJob>();
    var running = 0;
    for (var id : candidates) {
      var job = LocalJob.in(jobs, id);
      switch (job.phase()) {
        case QUEUED -> queued.add(job);
        case RUNNING -> running++;
        case UNKNOWN, LOST, ENDED -> {}
      }
    }
    queued.sort(Comparator.comparing(JobLauncher::submittedAt));
    var free = Math.max(0, settings.parallelJobs() - running);
    return queued.subList(0, Math.min(free, queued.size()));
  }

  /** What each may do with the storage. It is asked for without the lock, as it may take long. */
  private Map<JobId, Map<String, String>> keys(List<LocalJob> startable) throws IOException {
    var keys = new HashMap<JobId, Map<String, String>>();
    if (startable.isEmpty() || Instant.now().isBefore(askAgainAt)) {
      return keys;
    }
    for (var job : startable) {
      try {
        keys.put(job.id(), storage.grant(grant(job)).variables());
      } catch (ExternalFailure passing) {
        if (passing.retryable()) {
          askAgainAt = Instant.now().plus(ASK_AGAIN_AFTER);
          LOG.warn("The job {} waits: {}", job.id(), passing.getMessage());
          return keys;
        }
        stop(job, State.FAILED, String.valueOf(passing.getMessage()));
      } catch (Rejection refused) {
        stop(job, State.FAILED, String.valueOf(refused.getMessage()));
      }
    }
    return keys;
  }

  /** Ends the job in this way, unless it ended before or never was; kills what runs for it. */
  void stop(LocalJob job, State state, String message) throws IOException {
    CrossProcessLock.<Void, IOException>holding(
        lock(),
        () -> {
          var phase = job.phase();
          if (phase == Phase.QUEUED || phase == Phase.RUNNING) {
            // first the word, then the deed: nobody is to see a killed job as a lost one
            job.end(state, message);
            job.killProcesses();
          }
          return null;
        });
  }

  /**
   * Leaves no process and no working folder of a job that ended or was lost.
   *
   * @return false when it is neither any more, because it was submitted again
   */
  boolean tidy(LocalJob job) throws IOException {
    return CrossProcessLock.<Boolean, IOException>holding(
        lock(),
        () -> {
          var phase = job.phase();
          if (phase != Phase.LOST && phase != Phase.ENDED) {
            return false;
          }
          job.killProcesses();
          job.clean();
          return true;
        });
  }

  /** Ends the keys of a job that ended, or was lost. */
  void revoke(LocalJob job) throws IOException {
    try {
      storage.revoke(grant(job));
    } finally {
      // a lost job may have been submitted again, which gave it other access by the same name
      if (job.phase() == Phase.ENDED) {
        access.end(job.spec());
      }
    }
  }

  private StorageGrant grant(LocalJob job) throws IOException {
    return StepAccess.of(job.spec(), settings.hangGrace());
  }

  private void start(LocalJob job, Map<String, String> key) throws IOException {
    var root = job.folder().root();
    var scratch = Files.createDirectories(job.folder().scratch());
    var command = new ArrayList<String>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.addAll(
        JavaCommand.of(
            StepRunnerMain.class,
            RUNNER_HEAP_MIB,
            scratch,
            List.of(
                root.toString(), storage.folder().toAbsolutePath().toString(), settings.path())));
    var output = ProcessBuilder.Redirect.appendTo(job.runnerLog().toFile());
    var builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().clear();
    builder.environment().putAll(JavaCommand.ENVIRONMENT);
    builder.environment().putAll(key);
    builder.environment().putAll(job.access());
    job.noteStart(builder.start().toHandle());
  }

  private static Instant submittedAt(LocalJob job) {
    try {
      return Files.getLastModifiedTime(job.folder().spec()).toInstant();
    } catch (IOException gone) {
      return Instant.EPOCH;
    }
  }
}
