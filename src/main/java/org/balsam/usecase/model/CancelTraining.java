package org.balsam.usecase.model;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a training that its people no longer want; everything that it made is kept. */
@Component
public class CancelTraining {

  private final TrainingRows rows;
  private final TrainingEnd end;

  CancelTraining(TrainingRows rows, TrainingEnd end) {
    this.rows = rows;
    this.end = end;
  }

  /** What to cancel, and why. */
  public record Command(TrainingId training, String reason) {}

  /**
   * Cancels it, once; its candidate is given up.
   *
   * @throws Rejection WRONG_STATE when it is promoted
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var training = rows.lock(command.training);
    if (training.endReason != null) {
      return;
    }
    if (training.promotedAt != null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "training " + training.id + " is promoted; it can be rolled back, not cancelled");
    }
    end.reach(TrainingState.CANCELLED, training, command.reason);
  }
}
