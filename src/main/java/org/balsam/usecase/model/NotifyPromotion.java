package org.balsam.usecase.model;

import java.util.List;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the project's people that another version of a model is in use. */
@Component
public class NotifyPromotion {

  private final TrainingRows rows;
  private final Messenger messenger;

  NotifyPromotion(TrainingRows rows, Messenger messenger) {
    this.rows = rows;
    this.messenger = messenger;
  }

  /** Which training. */
  public record Command(TrainingId training) {}

  /** Tells them once. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var training = rows.training(command.training);
    messenger.send(
        new Messenger.Notice(
            training.id + "/promoted",
            Messenger.Kind.RELEASE,
            training.projectId(),
            List.of(),
            training.candidate + " is promoted",
            "%s is the champion since %s; before it was %s. The evidence can be downloaded."
                .formatted(
                    training.candidate,
                    training.promotedAt,
                    training.champion == null ? "none" : training.champion),
            TrainingEnd.link(command.training)));
  }
}
