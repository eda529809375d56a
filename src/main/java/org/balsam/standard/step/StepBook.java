package org.balsam.standard.step;

import java.util.List;
import org.balsam.kernel.JobId;

/**
 * The record of all steps, of whatever kind of work. Every call takes part in the caller's
 * transaction.
 */
public interface StepBook {

  /** The id of a run: the work's business key and the run's number, counted from 1. */
  static String run(String work, long number) {
    return work + "." + number;
  }

  /**
   * A step to come.
   *
   * @param stage counts from 0
   * @param position counts from 0 inside the stage
   * @param gsbpm the GSBPM sub-process; empty outside rounds
   */
  record Planned(JobId job, String run, int stage, int position, String name, String gsbpm) {}

  /** Adds steps; those that are there stay as they are. */
  void plan(List<Planned> steps);

  /** Whether any step of the run was planned. */
  boolean hasBegun(String run);

  /** The steps of a run in order. */
  List<StepRecord> steps(String run);

  /** What the steps of a run published, by key. */
  List<StepOutput> outputs(String run);

  /**
   * One step.
   *
   * @throws org.balsam.kernel.NotFound when there is none
   */
  StepRecord step(JobId job);

  /** Stops whatever the work still computes. */
  void stop(String work);
}
