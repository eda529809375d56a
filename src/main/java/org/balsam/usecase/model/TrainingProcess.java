package org.balsam.usecase.model;

import org.balsam.kernel.TrainingId;

/**
 * The running process of a training. Every call takes part in the caller's transaction; a training
 * whose process is not there, or not waiting for the call, is a {@link org.balsam.kernel.Rejection}
 * WRONG_STATE.
 */
public interface TrainingProcess {

  /** Starts the process of a training that has none. */
  void start(TrainingId training, TrainingTrigger trigger);

  /** Ends the training before its promotion; everything that it made is kept. */
  void cancel(TrainingId training, String reason);
}
