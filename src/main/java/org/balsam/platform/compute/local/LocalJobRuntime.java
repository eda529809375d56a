package org.balsam.platform.compute.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.balsam.kernel.CrossProcessLock;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.platform.compute.ComputeProperties;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobFinished;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.runner.SpecCheck;
import org.balsam.platform.compute.runner.StepLog;
import org.balsam.platform.storage.StorageAccess;
import org.springframework.context.Lifecycle;

/**
 * Runs each job as a process of this machine that outlives the server. A job's folder says all
 * about it; several servers may share the folders.
 *
 * <p>Commands run with the rights of the server's user: what a step writes is limited, what it can
 * read of this machine is not. Cores and GPUs of commands are not limited.
 */
public final class LocalJobRuntime implements JobRuntime, Lifecycle {

  private static final int MAX_TAIL_BYTES = 1 << 20;

  private final Path jobs;
  private final JobAccess access;
  private final JobLauncher launcher;
  private final JobWatch watch;

  /**
   * A runtime that starts nothing before {@link #start()}.
   *
   * @param jobs the folder of all jobs; made when it does not exist
   * @param storage the object storage that steps read and write
   * @param access lets a job's runner read the code
   * @param finished is told each end of a job, from a thread of the runtime's own
   */
  public LocalJobRuntime(
      Path jobs,
      StorageAccess storage,
      JobAccess access,
      ComputeProperties.Local settings,
      Consumer<JobFinished> finished) {
    this.jobs = jobs;
    this.access = access;
    try {
      Files.createDirectories(jobs);
    } catch (IOException trouble) {
      throw failure("make the folder", trouble);
    }
    launcher = new JobLauncher(jobs, storage, access, settings);
    watch = new JobWatch(jobs, launcher, settings, finished);
  }

  @Override
  public void submit(JobSpec spec) {
    SpecCheck.check(spec);
    var job = LocalJob.in(jobs, spec.id());
    try {
      Files.createDirectories(job.folder().root());
      var phase = job.phase();
      if (phase == LocalJob.Phase.UNKNOWN || phase == LocalJob.Phase.LOST) {
        job.noteAccess(access.of(spec));
      }
      DurableFiles.create(job.folder().spec(), JobJson.write(spec));
      if (job.phase() == LocalJob.Phase.LOST) {
        requeue(job);
      }
    } catch (IOException trouble) {
      throw failure("submit the job " + spec.id(), trouble);
    }
    watch.add(spec.id());
  }

  private void requeue(LocalJob job) throws IOException {
    CrossProcessLock.<Void, IOException>holding(
        launcher.lock(),
        () -> {
          if (job.phase() == LocalJob.Phase.LOST) {
            job.forgetStart();
          }
          return null;
        });
  }

  @Override
  public Optional<JobStatus> status(JobId job) {
    try {
      return LocalJob.in(jobs, job).status();
    } catch (IOException trouble) {
      throw failure("read the job " + job, trouble);
    }
  }

  @Override
  public void cancel(JobId id) {
    try {
      launcher.stop(
          LocalJob.in(jobs, id), State.CANCELLED, "the job was cancelled at " + Instant.now());
    } catch (IOException trouble) {
      throw failure("cancel the job " + id, trouble);
    }
    watch.add(id);
  }

  @Override
  public String logTail(JobId job, int maxBytes) {
    try {
      var log = LocalJob.in(jobs, job).folder().log();
      return StepLog.tail(log, Math.min(maxBytes, MAX_TAIL_BYTES));
    } catch (IOException trouble) {
      throw failure("read the log of " + job, trouble);
    }
  }

  @Override
  public Optional<String> writtenSoFar(JobId job, String path, int maxBytes) {
    try {
      return LocalJob.in(jobs, job).written(path, Math.min(maxBytes, MAX_TAIL_BYTES));
    } catch (IOException trouble) {
      throw failure("read what " + job + " has written", trouble);
    }
  }

  /** Starts to start jobs, and to tell of those that end, also of those that ended before. */
  @Override
  public void start() {
    watch.start();
  }

  /** Stops to start jobs; those that run go on. */
  @Override
  public void stop() {
    watch.stop();
  }

  @Override
  public boolean isRunning() {
    return watch.isRunning();
  }

  private ExternalFailure failure(String what, IOException trouble) {
    return new ExternalFailure(
        "job runtime", true, "cannot " + what + " in " + jobs + ": " + trouble, trouble);
  }
}
