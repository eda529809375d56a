package org.balsam.platform.compute.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.JobId;
import org.balsam.platform.compute.ComputeProperties;
import org.balsam.platform.compute.JobFinished;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.local.LocalJob.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after all jobs that have not ended: starts them, stops the overdue, tells of the ended. */
final class JobWatch {

  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
  private static final long LOOK_EVERY_MS = 200;
  private static final Duration LAST_WORK = Duration.ofSeconds(10);

  /** How often the folder is searched for jobs that other servers took or left. */
  private static final Duration SEARCH_EVERY = Duration.ofSeconds(10);

  /** Receivers may not be ready at once, so each end is told several times. */
  private static final List<Long> TELL_AFTER_MS = List.of(0L, 200L, 1_000L, 5_000L);

  private final Path jobs;
  private final JobLauncher launcher;
  private final ComputeProperties.Local settings;
  private final Consumer<JobFinished> finished;
  private final Set<JobId> open = ConcurrentHashMap.newKeySet();
  private final Set<JobId> settled = ConcurrentHashMap.newKeySet();
  private @Nullable ScheduledExecutorService looking;
  private @Nullable ScheduledExecutorService telling;
  private @Nullable ScheduledExecutorService revoking;
  private Instant searchedAt = Instant.EPOCH;

  JobWatch(
      Path jobs,
      JobLauncher launcher,
      ComputeProperties.Local settings,
      Consumer<JobFinished> finished) {
    this.jobs = jobs;
    this.launcher = launcher;
    this.settings = settings;
    this.finished = finished;
  }

  /** Takes a job that was submitted or changed just now, and looks at once. */
  synchronized void add(JobId id) {
    settled.remove(id);
    open.add(id);
    if (looking != null) {
      looking.execute(this::look);
    }
  }

  synchronized void start() {
    if (looking == null) {
      telling = executor("job-notices");
      revoking = executor("job-keys");
      looking = executor("job-watch");
      looking.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** Lets what is just being done come to its end, for a while; nothing else begins. */
  void stop() {
    var running = taken();
    running.forEach(ExecutorService::shutdown);
    var until = System.nanoTime() + LAST_WORK.toNanos();
    try {
      for (var one : running) {
        one.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    running.forEach(ExecutorService::shutdownNow);
  }

  private synchronized List<ScheduledExecutorService> taken() {
    if (looking == null || telling == null || revoking == null) {
      return List.of();
    }
    var running = List.of(looking, telling, revoking);
    looking = null;
    telling = null;
    revoking = null;
    return running;
  }

  synchronized boolean isRunning() {
    return looking != null;
  }

  private static ScheduledExecutorService executor(String name) {
    var executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              var thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  private void look() {
    try {
      search();
      for (var id : open) {
        lookAt(LocalJob.in(jobs, id));
      }
      launcher.startQueued(open);
    } catch (IOException | RuntimeException trouble) {
      LOG.warn("Looking after the jobs in {} failed; it goes on", jobs, trouble);
    }
  }

  private void search() throws IOException {
    if (Instant.now().isBefore(searchedAt.plus(SEARCH_EVERY))) {
      return;
    }
    searchedAt = Instant.now();
    try (var folders = Files.list(jobs)) {
      folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .forEach(this::found);
    }
  }

  private void found(String name) {
    try {
      var id = new JobId(name);
      if (!settled.contains(id) && !LocalJob.in(jobs, id).isAnnounced()) {
        open.add(id);
      }
    } catch (Invalid notAJob) {
      LOG.debug("{} in {} is not a job", name, jobs);
    }
  }

  private void lookAt(LocalJob job) {
    try {
      switch (job.phase()) {
        case UNKNOWN -> open.remove(job.id());
        case QUEUED -> {}
        case RUNNING -> stopOverdue(job);
        case LOST, ENDED -> settle(job);
      }
    } catch (IOException | RuntimeException trouble) {
      LOG.warn("Looking after the job {} failed; it is tried again", job.id(), trouble);
    }
  }

  private void stopOverdue(LocalJob job) throws IOException {
    var limit = job.spec().resources().timeLimit();
    var started = job.startedAt();
    if (started.isPresent()
        && Instant.now().isAfter(started.get().plus(limit).plus(settings.hangGrace()))) {
      launcher.stop(
          job,
          State.TIMED_OUT,
          "the runner did not end within the step's limit of "
              + limit
              + " and another "
              + settings.hangGrace()
              + " for fetching and publishing, and was stopped");
    }
  }

  private void settle(LocalJob job) throws IOException {
    settled.add(job.id());
    open.remove(job.id());
    if (!launcher.tidy(job)) {
      settled.remove(job.id());
      open.add(job.id());
      return;
    }
    synchronized (this) {
      if (telling != null && revoking != null) {
        revoking.execute(() -> revoke(job));
        for (var delay : TELL_AFTER_MS) {
          telling.schedule(() -> tell(job), delay, TimeUnit.MILLISECONDS);
        }
      }
    }
  }

  private void revoke(LocalJob job) {
    try {
      launcher.revoke(job);
    } catch (IOException | RuntimeException trouble) {
      LOG.warn(
          "A key with which the job {} reached storage or code ends only by itself: {}",
          job.id(),
          trouble.toString());
    }
  }

  private void tell(LocalJob job) {
    try {
      finished.accept(new JobFinished(job.id()));
    } catch (RuntimeException notReady) {
      LOG.debug("Nobody took the end of the job {} yet", job.id(), notReady);
    }
    try {
      if (job.phase() == Phase.ENDED) {
        job.noteAnnounced();
      }
    } catch (IOException trouble) {
      LOG.warn("Cannot note that the end of the job {} was told", job.id(), trouble);
    }
  }
}
