package org.balsam.usecase.model;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.Refusals;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps a person's decision on a roll-back, and refuses that of who asked for it. */
@Component
public class DecideRollback {

  private final RollbackRepository rollbacks;
  private final Refusals refusals;
  private final AuditTrail trail;
  private final Clock clock;

  DecideRollback(RollbackRepository rollbacks, Refusals refusals, AuditTrail trail, Clock clock) {
    this.rollbacks = rollbacks;
    this.refusals = refusals;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What was decided.
   *
   * @param by the id of the person who decides
   */
  public record Command(RollbackId rollback, String decision, @Nullable String reason, String by) {}

  /**
   * Does it.
   *
   * @throws org.balsam.kernel.Forbidden SEPARATION_OF_DUTIES for the person who asked for it, and
   *     in a dispute for the one who refused it
   */
  public void handle(Command command) {
    refusals.recorded(
        "model.rollback.decided",
        command.rollback().project(),
        command.rollback().value(),
        () -> {
          var row = rollbacks.locked(command.rollback());
          row.decide(command.decision(), command.reason(), command.by(), clock.instant());
          return trail.record(
              AuditEntry.done("model.rollback.decided", row.project, row.id)
                  .with("decision", command.decision())
                  .with("by", command.by())
                  .because(command.reason()));
        });
  }
}
