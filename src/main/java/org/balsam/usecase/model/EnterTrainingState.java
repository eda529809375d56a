package org.balsam.usecase.model;

import java.time.Clock;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Notes that a training has reached a state. */
@Component
public class EnterTrainingState {

  private final TrainingRows rows;
  private final Clock clock;

  EnterTrainingState(TrainingRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** The state reached. */
  public record Command(TrainingId training, TrainingState state) {}

  /**
   * Notes it; entering the same state again changes nothing.
   *
   * @throws Rejection WRONG_STATE when the training has ended
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    rows.training(command.training).enter(command.state, clock.instant());
  }
}
