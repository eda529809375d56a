package org.balsam.usecase.model;

import java.time.Clock;
import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a training that its people no longer want; everything that it made is kept. */
@Component
public class CancelTraining {

  private final TrainingRows rows;
  private final TrainingEnd end;
  private final Messenger messenger;
  private final AuditTrail trail;
  private final Clock clock;

  CancelTraining(
      TrainingRows rows, TrainingEnd end, Messenger messenger, AuditTrail trail, Clock clock) {
    this.rows = rows;
    this.end = end;
    this.messenger = messenger;
    this.trail = trail;
    this.clock = clock;
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
    end.release(training);
    training.enter(TrainingState.CANCELLED, clock.instant());
    training.endReason = command.reason;
    trail.record(
        AuditEntry.done("training.cancelled", training.project, training.id)
            .because(command.reason));
    messenger.send(
        new Messenger.Notice(
            training.id + "/cancelled",
            Messenger.Kind.PROGRESS,
            training.projectId(),
            List.of(),
            training.id + " is cancelled",
            "Training %s of model %s was cancelled. Reason: %s"
                .formatted(training.id, training.model, command.reason),
            TrainingEnd.link(command.training)));
  }
}
