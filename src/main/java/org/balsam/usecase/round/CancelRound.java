package org.balsam.usecase.round;

import java.time.Clock;
import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.messaging.Messenger;
import org.balsam.standard.step.StepBook;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a round before its release: stops its jobs, removes its workspace, keeps its evidence. */
@Component
public class CancelRound {

  private final RoundRows rows;
  private final StepBook book;
  private final WorkspaceRuntime workspaces;
  private final Messenger messenger;
  private final AuditTrail trail;
  private final Clock clock;

  CancelRound(
      RoundRows rows,
      StepBook book,
      WorkspaceRuntime workspaces,
      Messenger messenger,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.book = book;
    this.workspaces = workspaces;
    this.messenger = messenger;
    this.trail = trail;
    this.clock = clock;
  }

  /** What to cancel, and why. */
  public record Command(RoundId round, String reason) {}

  /**
   * Cancels it, once.
   *
   * @throws Rejection WRONG_STATE when it is published or ended otherwise
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var round = rows.lock(command.round);
    if (round.releasedAt != null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "round " + round.id + " is published; it can be withdrawn or revised, not cancelled");
    }
    book.stop(command.round.value());
    workspaces.removeWorkspace(command.round.project(), round.id);
    if (round.endReason != null) {
      return;
    }
    round.enter(RoundState.CANCELLED, clock.instant());
    round.endReason = command.reason;
    trail.record(
        AuditEntry.done("round.cancelled", round.project, round.id).because(command.reason));
    messenger.send(
        new Messenger.Notice(
            round.id + "/cancelled",
            Messenger.Kind.PROGRESS,
            command.round.project(),
            List.of(),
            round.id + " is cancelled",
            "Round " + round.id + " was cancelled. Reason: " + command.reason,
            Links.to(command.round)));
  }
}
