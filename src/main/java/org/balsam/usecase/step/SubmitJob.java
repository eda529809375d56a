package org.balsam.usecase.step;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.balsam.kernel.JobId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.storage.StorageQuotas;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepState;
import org.balsam.standard.step.WorkDocuments;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hands one step to the job runtime. */
@Component
public class SubmitJob {

  /** The runtime enforces the limit itself; this is for a runtime that does not answer. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private final RecordedSteps steps;
  private final KindsOfWork kinds;
  private final WorkDocuments documents;
  private final JobRuntime runtime;
  private final StorageQuotas quotas;
  private final Clock clock;

  SubmitJob(
      RecordedSteps steps,
      KindsOfWork kinds,
      WorkDocuments documents,
      JobRuntime runtime,
      StorageQuotas quotas,
      Clock clock) {
    this.steps = steps;
    this.kinds = kinds;
    this.documents = documents;
    this.runtime = runtime;
    this.quotas = quotas;
    this.clock = clock;
  }

  /**
   * Which step.
   *
   * @param work the business key of the round or training
   * @param run counts the runs of the work from 1
   * @param stage counts from 0
   * @param step counts from 0 inside the stage
   */
  public record Command(String work, long run, long stage, long step) {}

  /**
   * The job.
   *
   * @param timeLimitAt when to stop waiting for it; a little after the runtime itself stops it
   */
  public record Result(JobId job, Instant timeLimitAt) {}

  /**
   * Submits it; the runtime starts a job once, however often it is submitted.
   *
   * @throws Rejection LIMIT_EXCEEDED when the project's storage quota is used up
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var step = planned(command);
    if (step.state == StepState.PLANNED) {
      submit(step, kinds.spec(step.view()));
    }
    return new Result(step.jobId(), Objects.requireNonNull(step.timeLimitAt));
  }

  private void submit(StepEntity step, JobSpec spec) {
    var run = kinds.run(step.run);
    quotas.requireRoom(run.project());
    var key = run.folder() + "steps/" + step.job + "/spec.json";
    var reference = documents.store(run.project(), key, JobJson.write(spec), "application/json");
    runtime.submit(spec);
    var now = clock.instant();
    step.spec = reference.toString();
    step.state = StepState.RUNNING;
    step.attempts = 1;
    step.submittedAt = now;
    step.timeLimitAt = now.plus(spec.resources().timeLimit()).plus(GRACE);
  }

  private StepEntity planned(Command command) {
    var run = StepBook.run(command.work, command.run);
    return steps
        .find(run, Math.toIntExact(command.stage), Math.toIntExact(command.step))
        .orElseThrow(
            () ->
                new NotFound(
                    "run %s has no planned step %d in stage %d"
                        .formatted(run, command.step, command.stage)));
  }
}
