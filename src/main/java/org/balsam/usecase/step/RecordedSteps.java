package org.balsam.usecase.step;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.balsam.kernel.JobId;
import org.balsam.kernel.NotFound;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepOutput;
import org.balsam.standard.step.StepRecord;
import org.balsam.standard.step.StepState;
import org.springframework.stereotype.Component;

/** Keeps the record of all steps in tables. */
@Component
class RecordedSteps implements StepBook {

  private final StepRepository steps;
  private final OutputRepository outputs;
  private final JobRuntime runtime;
  private final Clock clock;

  RecordedSteps(StepRepository steps, OutputRepository outputs, JobRuntime runtime, Clock clock) {
    this.steps = steps;
    this.outputs = outputs;
    this.runtime = runtime;
    this.clock = clock;
  }

  @Override
  public void plan(List<Planned> planned) {
    for (var step : planned) {
      if (find(step.run(), step.stage(), step.position()).isEmpty()) {
        steps.save(new StepEntity(step));
      }
    }
  }

  @Override
  public boolean hasBegun(String run) {
    return steps.existsByRun(run);
  }

  @Override
  public List<StepRecord> steps(String run) {
    return steps.findByRunOrderByStageAscPositionAsc(run).stream().map(StepEntity::view).toList();
  }

  @Override
  public List<StepOutput> outputs(String run) {
    return outputs.findByRunOrderByObjectKeyAsc(run).stream().map(OutputEntity::view).toList();
  }

  @Override
  public StepRecord step(JobId job) {
    return row(job).view();
  }

  @Override
  public void stop(String work) {
    for (var step : steps.ofWork(work, Set.of(StepState.PLANNED, StepState.RUNNING))) {
      runtime.cancel(step.jobId());
      step.state = StepState.CANCELLED;
      step.cancelledAt = clock.instant();
      step.message = "stopped because nobody needs it any more";
    }
  }

  StepEntity row(JobId job) {
    return steps
        .findById(job.value())
        .orElseThrow(() -> new NotFound("there is no step with the job " + job));
  }

  Optional<StepEntity> find(String run, int stage, int position) {
    return steps.findByRunAndStageAndPosition(run, stage, position);
  }
}
