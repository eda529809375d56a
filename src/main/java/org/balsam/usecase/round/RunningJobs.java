package org.balsam.usecase.round;

import java.time.Clock;
import java.util.Set;
import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.JobRuntime;
import org.springframework.stereotype.Component;

/** Stops whatever a round still computes. */
@Component
class RunningJobs {

  private final StepRepository steps;
  private final JobRuntime runtime;
  private final Clock clock;

  RunningJobs(StepRepository steps, JobRuntime runtime, Clock clock) {
    this.steps = steps;
    this.runtime = runtime;
    this.clock = clock;
  }

  void cancel(RoundId round) {
    for (var step : steps.ofRound(round.value(), Set.of(StepState.PLANNED, StepState.RUNNING))) {
      runtime.cancel(step.jobId());
      step.state = StepState.CANCELLED;
      step.cancelledAt = clock.instant();
      step.message = "stopped because the round no longer needs it";
    }
  }
}
