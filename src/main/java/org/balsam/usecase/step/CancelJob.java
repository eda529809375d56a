package org.balsam.usecase.step;

import java.time.Clock;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobRuntime;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stops a job that ran past its time limit. */
@Component
public class CancelJob {

  private final RecordedSteps steps;
  private final JobRuntime runtime;
  private final Clock clock;

  CancelJob(RecordedSteps steps, JobRuntime runtime, Clock clock) {
    this.steps = steps;
    this.runtime = runtime;
    this.clock = clock;
  }

  /** Which job. */
  public record Command(JobId job) {}

  /** Stops it; does nothing when it ended. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var step = steps.row(command.job);
    runtime.cancel(command.job);
    if (step.cancelledAt == null) {
      step.cancelledAt = clock.instant();
    }
  }
}
