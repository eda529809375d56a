package org.balsam.usecase.step;

import org.balsam.kernel.JobId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.compute.JobStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks the runtime what has become of a job, and submits a lost one again. */
@Component
public class ReconcileJob {

  private static final int MAX_ATTEMPTS = 3;

  private final RecordedSteps steps;
  private final KindsOfWork kinds;
  private final JobRuntime runtime;

  ReconcileJob(RecordedSteps steps, KindsOfWork kinds, JobRuntime runtime) {
    this.steps = steps;
    this.kinds = kinds;
    this.runtime = runtime;
  }

  /** Which job. */
  public record Command(JobId job) {}

  /** Whether there is a result to collect. */
  public record Result(boolean ended) {}

  /** Asks; a job that was lost three times counts as ended. */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var step = steps.row(command.job);
    if (step.state.ended()) {
      return new Result(true);
    }
    var state = runtime.status(command.job).map(JobStatus::state).orElse(JobStatus.State.LOST);
    if (state != JobStatus.State.LOST) {
      return new Result(state.ended());
    }
    if (step.attempts >= MAX_ATTEMPTS) {
      return new Result(true);
    }
    runtime.submit(kinds.spec(step.view()));
    step.attempts++;
    return new Result(false);
  }
}
