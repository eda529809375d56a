package org.balsam.usecase.model;

import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a training without a promotion; everything that it made is kept, with the reason. */
@Component
public class StopTraining {

  private final TrainingRows rows;
  private final TrainingEnd end;

  StopTraining(TrainingRows rows, TrainingEnd end) {
    this.rows = rows;
    this.end = end;
  }

  /** What to stop, and why. */
  public record Command(TrainingId training, String reason) {}

  /** Stops it, once; its candidate is given up. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var training = rows.lock(command.training);
    if (training.endReason != null) {
      return;
    }
    end.reach(TrainingState.STOPPED, training, command.reason);
  }
}
