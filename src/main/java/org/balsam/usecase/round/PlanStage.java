package org.balsam.usecase.round;

import org.balsam.kernel.JobId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lays out the steps of one stage of a run. */
@Component
public class PlanStage {

  private final RoundRows rows;
  private final StepRepository steps;
  private final ProjectFiles files;

  PlanStage(RoundRows rows, StepRepository steps, ProjectFiles files) {
    this.rows = rows;
    this.steps = steps;
    this.files = files;
  }

  /**
   * What to plan.
   *
   * @param stage counts from 0
   */
  public record Command(RoundId round, long run, long stage) {}

  /** How many steps the stage has; they run in parallel. */
  public record Result(long stepCount) {}

  /** Plans it; steps that are planned stay as they are. */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var run = rows.run(command.round, command.run);
    var stage = Math.toIntExact(command.stage);
    var file = files.at(command.round.project(), run.commitId);
    var declared = file.stages().get(stage).steps();
    for (int position = 0; position < declared.size(); position++) {
      if (steps.findByRunAndStageAndPosition(run.id, stage, position).isEmpty()) {
        var step = declared.get(position);
        var job =
            JobId.ofStep(command.round, step.gsbpm(), step.name(), String.valueOf(run.number));
        steps.save(new StepEntity(job, run.id, stage, position, step.name(), step.gsbpm()));
      }
    }
    return new Result(declared.size());
  }
}
