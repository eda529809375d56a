package org.balsam.usecase.model;

import java.time.Clock;
import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a training without a promotion; everything that it made is kept, with the reason. */
@Component
public class StopTraining {

  private final TrainingRows rows;
  private final TrainingEnd end;
  private final Messenger messenger;
  private final AuditTrail trail;
  private final Clock clock;

  StopTraining(
      TrainingRows rows, TrainingEnd end, Messenger messenger, AuditTrail trail, Clock clock) {
    this.rows = rows;
    this.end = end;
    this.messenger = messenger;
    this.trail = trail;
    this.clock = clock;
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
    end.release(training);
    training.enter(TrainingState.STOPPED, clock.instant());
    training.endReason = command.reason;
    trail.record(
        AuditEntry.done("training.stopped", training.project, training.id).because(command.reason));
    messenger.send(
        new Messenger.Notice(
            training.id + "/stopped",
            Messenger.Kind.PROGRESS,
            training.projectId(),
            List.of(),
            training.id + " is stopped",
            "Training %s of model %s was stopped. Reason: %s"
                .formatted(training.id, training.model, command.reason),
            TrainingEnd.link(command.training)));
  }
}
