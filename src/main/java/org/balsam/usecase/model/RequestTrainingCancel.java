package org.balsam.usecase.model;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.Refusals;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.TrainingId;
import org.springframework.stereotype.Component;

/** Asks a training's process to end before its promotion. */
@Component
public class RequestTrainingCancel {

  private final TrainingRows rows;
  private final TrainingProcess process;
  private final Refusals refusals;
  private final AuditTrail trail;

  RequestTrainingCancel(
      TrainingRows rows, TrainingProcess process, Refusals refusals, AuditTrail trail) {
    this.rows = rows;
    this.process = process;
    this.refusals = refusals;
    this.trail = trail;
  }

  /** What to cancel, why, and who wants it. */
  public record Command(TrainingId training, String reason, Actor actor) {}

  /**
   * Asks for it; the owner may, and the roles that train.
   *
   * @throws Rejection WRONG_STATE when it has ended or is promoted, REASON_REQUIRED
   * @throws org.balsam.kernel.Forbidden for other roles
   */
  public void handle(Command command) {
    var project = command.training.project();
    command.actor.requireAny(project, Role.OWNER, Role.METHODOLOGY, Role.PRODUCTION);
    refusals.recorded(
        "training.cancel.requested", project, command.training.value(), () -> ask(command));
  }

  private String ask(Command command) {
    if (command.reason.isBlank()) {
      throw new Rejection(ErrorCode.REASON_REQUIRED, "give the reason; it is kept for good");
    }
    var training = rows.lock(command.training);
    if (training.state.ended() || training.promotedAt != null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "training %s is %s; only one that is neither promoted nor ended can be cancelled"
              .formatted(training.id, training.state.value()));
    }
    process.cancel(command.training, command.reason.strip());
    return trail.record(
        AuditEntry.done("training.cancel.requested", training.project, training.id)
            .because(command.reason));
  }
}
