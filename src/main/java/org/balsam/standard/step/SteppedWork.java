package org.balsam.standard.step;

import java.util.Optional;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.JobSpec;

/** A kind of work that consists of steps: rounds, trainings. One bean for each kind. */
public interface SteppedWork {

  /**
   * A run of the work.
   *
   * @param subject the work's business key, which audit events are about
   * @param folder where documents about the run are kept in the project's provenance bucket
   * @param collected the audit action that tells that a step's result was taken over
   */
  record Run(ProjectId project, String subject, String folder, String collected) {}

  /** The run of this id; empty when it is of another kind of work. */
  Optional<Run> run(String id);

  /**
   * Everything that determines the step, pinned. The same step of the same run always gets the same
   * specification.
   */
  JobSpec spec(StepRecord step);
}
