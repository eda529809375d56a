package org.balsam.testing;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.balsam.kernel.JobId;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.storage.ObjectStore;

/** A job runtime whose jobs stay running until the test says how they end. */
public final class ScriptedJobs implements JobRuntime {

  private final ObjectStore store;
  private final Map<JobId, JobSpec> specs = new ConcurrentHashMap<>();
  private final Map<JobId, JobStatus> ends = new ConcurrentHashMap<>();
  public final List<JobId> submitted = new CopyOnWriteArrayList<>();
  public final List<JobId> cancelled = new CopyOnWriteArrayList<>();
  public volatile String log = "line one\nline two\n";

  public ScriptedJobs(ObjectStore store) {
    this.store = store;
  }

  @Override
  public void submit(JobSpec spec) {
    if (specs.putIfAbsent(spec.id(), spec) == null || isLost(spec.id())) {
      ends.remove(spec.id());
      submitted.add(spec.id());
    }
  }

  private boolean isLost(JobId job) {
    return ends.containsKey(job) && ends.get(job).state() == JobStatus.State.LOST;
  }

  @Override
  public Optional<JobStatus> status(JobId job) {
    if (!specs.containsKey(job)) {
      return Optional.empty();
    }
    return Optional.of(ends.getOrDefault(job, end(job, JobStatus.State.RUNNING, null, "")));
  }

  @Override
  public void cancel(JobId job) {
    cancelled.add(job);
    if (specs.containsKey(job)) {
      ends.putIfAbsent(job, end(job, JobStatus.State.CANCELLED, null, "stopped"));
    }
  }

  @Override
  public String logTail(JobId job, int maxBytes) {
    return log.substring(Math.max(0, log.length() - maxBytes));
  }

  public JobSpec spec(JobId job) {
    return specs.get(job);
  }

  public void forget(JobId job) {
    specs.remove(job);
    ends.remove(job);
  }

  /** Ends the job without success. */
  public void fail(JobId job, JobStatus.State state, Integer exitCode, String message) {
    ends.put(job, end(job, state, exitCode, message));
  }

  /** Ends the job with these files as its declared outputs, by path. */
  public void succeed(JobId job, Map<String, String> files) {
    var published = new ArrayList<JobStatus.Published>();
    for (var output : specs.get(job).outputs()) {
      var content = files.get(output.path());
      if (content != null) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        var stored =
            store.put(output.bucket(), output.key(), new ByteArrayInputStream(bytes), Map.of());
        published.add(
            new JobStatus.Published(
                output.dataset(),
                output.path(),
                output.bucket(),
                output.key(),
                stored.versionId(),
                stored.size(),
                stored.sha256(),
                content.lines().count() - 1));
      }
    }
    ends.put(
        job,
        new JobStatus(
            job,
            JobStatus.State.SUCCEEDED,
            0,
            "",
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(3),
            published,
            Map.of("os", "test")));
  }

  private static JobStatus end(JobId job, JobStatus.State state, Integer exit, String message) {
    return new JobStatus(
        job, state, exit, message, Instant.EPOCH, Instant.EPOCH, List.of(), Map.of());
  }
}
