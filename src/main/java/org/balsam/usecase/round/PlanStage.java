package org.balsam.usecase.round;

import java.util.stream.IntStream;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFiles;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lays out the steps of one stage of a run. */
@Component
public class PlanStage {

  private final RoundRows rows;
  private final StepBook book;
  private final ProjectFiles files;

  PlanStage(RoundRows rows, StepBook book, ProjectFiles files) {
    this.rows = rows;
    this.book = book;
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
    book.plan(
        IntStream.range(0, declared.size())
            .mapToObj(position -> planned(run, stage, position, declared.get(position)))
            .toList());
    return new Result(declared.size());
  }

  private static StepBook.Planned planned(
      RunEntity run, int stage, int position, ProjectFile.Step step) {
    var job = JobId.ofStep(run.roundId(), step.gsbpm(), step.name(), String.valueOf(run.number));
    return new StepBook.Planned(job, run.id, stage, position, step.name(), step.gsbpm());
  }
}
