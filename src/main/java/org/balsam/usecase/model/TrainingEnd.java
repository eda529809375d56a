package org.balsam.usecase.model;

import java.time.Clock;
import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.messaging.Messenger;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.standard.step.StepBook;
import org.springframework.stereotype.Component;

/** Ends a training without a promotion; everything that it made is kept. */
@Component
class TrainingEnd {

  private final StepBook book;
  private final ModelRegistry registry;
  private final Messenger messenger;
  private final AuditTrail trail;
  private final Clock clock;

  TrainingEnd(
      StepBook book, ModelRegistry registry, Messenger messenger, AuditTrail trail, Clock clock) {
    this.book = book;
    this.registry = registry;
    this.messenger = messenger;
    this.trail = trail;
    this.clock = clock;
  }

  /** Stops its jobs, gives its candidate up and tells everybody why. */
  void reach(TrainingState state, TrainingEntity training, String reason) {
    book.stop(training.id);
    if (training.candidate != null) {
      registry.archive(training.projectId(), training.candidateId());
    }
    training.enter(state, clock.instant());
    training.endReason = reason;
    var word = state.value();
    trail.record(
        AuditEntry.done("training." + word, training.project, training.id).because(reason));
    messenger.send(
        new Messenger.Notice(
            training.id + "/" + word,
            Messenger.Kind.PROGRESS,
            training.projectId(),
            List.of(),
            training.id + " is " + word,
            "Training %s of model %s was %s. Reason: %s"
                .formatted(training.id, training.model, word, reason),
            link(training.trainingId())));
  }

  static String link(TrainingId training) {
    return "/api/v1/projects/" + training.project() + "/trainings/" + training;
  }
}
