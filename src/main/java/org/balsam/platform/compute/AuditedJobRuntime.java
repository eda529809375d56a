package org.balsam.platform.compute;

import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.AuditedEffect;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Sha256;
import org.springframework.context.Lifecycle;
import org.springframework.context.SmartLifecycle;

/**
 * A job runtime whose every change is recorded. A submission that is repeated is recorded again:
 * the first may have been rolled back. How a job ended is recorded by who collects its result.
 */
final class AuditedJobRuntime implements JobRuntime, SmartLifecycle {

  private final JobRuntime runtime;
  private final Lifecycle lifecycle;
  private final AuditTrail trail;

  /** A decorator that starts and stops {@code lifecycle} with the application. */
  AuditedJobRuntime(JobRuntime runtime, Lifecycle lifecycle, AuditTrail trail) {
    this.runtime = runtime;
    this.lifecycle = lifecycle;
    this.trail = trail;
  }

  @Override
  public void submit(JobSpec spec) {
    var entry =
        AuditEntry.done("job.submitted", spec.project().value(), null)
            .with("job", spec.id().value())
            .with("commit", spec.code().commit())
            .with("kind", spec.command().kind().name())
            .with("file", spec.command().file())
            .with("inputs", (long) spec.inputs().size())
            .with("network", spec.network().name())
            .with("specification", Sha256.of(JobJson.write(spec)).value());
    AuditedEffect.run(trail, entry, () -> runtime.submit(spec));
  }

  @Override
  public void cancel(JobId job) {
    var entry = AuditEntry.done("job.cancelled", null, null).with("job", job.value());
    AuditedEffect.run(trail, entry, () -> runtime.cancel(job));
  }

  @Override
  public Optional<JobStatus> status(JobId job) {
    return runtime.status(job);
  }

  @Override
  public String logTail(JobId job, int maxBytes) {
    return runtime.logTail(job, maxBytes);
  }

  @Override
  public Optional<String> writtenSoFar(JobId job, String path, int maxBytes) {
    return runtime.writtenSoFar(job, path, maxBytes);
  }

  @Override
  public void start() {
    lifecycle.start();
  }

  @Override
  public void stop() {
    lifecycle.stop();
  }

  @Override
  public boolean isRunning() {
    return lifecycle.isRunning();
  }
}
