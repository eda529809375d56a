package org.balsam.usecase.round;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.balsam.kernel.JobId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.compute.JobSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hands one step to the job runtime. */
@Component
public class SubmitJob {

  /** The runtime enforces the limit itself; this is for a runtime that does not answer. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private final RoundRows rows;
  private final StepRepository steps;
  private final StepSpecs specs;
  private final RoundDocuments documents;
  private final JobRuntime runtime;
  private final Clock clock;

  SubmitJob(
      RoundRows rows,
      StepRepository steps,
      StepSpecs specs,
      RoundDocuments documents,
      JobRuntime runtime,
      Clock clock) {
    this.rows = rows;
    this.steps = steps;
    this.specs = specs;
    this.documents = documents;
    this.runtime = runtime;
    this.clock = clock;
  }

  /**
   * Which step.
   *
   * @param stage counts from 0
   * @param step counts from 0 inside the stage
   */
  public record Command(RoundId round, long run, long stage, long step) {}

  /**
   * The job.
   *
   * @param timeLimitAt when to stop waiting for it; a little after the runtime itself stops it
   */
  public record Result(JobId job, Instant timeLimitAt) {}

  /** Submits it; the runtime starts a job once, however often it is submitted. */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var run = rows.run(command.round, command.run);
    var step = planned(command, run);
    if (step.state == StepState.PLANNED) {
      submit(step, run, specs.of(step, run));
    }
    return new Result(step.jobId(), Objects.requireNonNull(step.timeLimitAt));
  }

  private void submit(StepEntity step, RunEntity run, JobSpec spec) {
    var key = RoundDocuments.runKey(run.roundId(), run.number, "steps/" + step.job + "/spec.json");
    var reference = documents.store(run.roundId(), key, JobJson.write(spec), "application/json");
    runtime.submit(spec);
    var now = clock.instant();
    step.spec = reference.toString();
    step.state = StepState.RUNNING;
    step.attempts = 1;
    step.submittedAt = now;
    step.timeLimitAt = now.plus(spec.resources().timeLimit()).plus(GRACE);
  }

  private StepEntity planned(Command command, RunEntity run) {
    return steps
        .findByRunAndStageAndPosition(
            run.id, Math.toIntExact(command.stage), Math.toIntExact(command.step))
        .orElseThrow(
            () ->
                new NotFound(
                    "run %s has no planned step %d in stage %d"
                        .formatted(run.id, command.step, command.stage)));
  }
}
