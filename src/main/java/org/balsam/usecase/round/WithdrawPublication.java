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
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes back what a round published (GSBPM 7.3). The released objects stay readable under their
 * retention; the round says that they no longer hold.
 */
@Component
public class WithdrawPublication {

  private final RoundRows rows;
  private final WorkspaceRuntime workspaces;
  private final Messenger messenger;
  private final AuditTrail trail;
  private final Clock clock;

  WithdrawPublication(
      RoundRows rows,
      WorkspaceRuntime workspaces,
      Messenger messenger,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.workspaces = workspaces;
    this.messenger = messenger;
    this.trail = trail;
    this.clock = clock;
  }

  /** What to withdraw, and why. */
  public record Command(RoundId round, String reason) {}

  /**
   * Withdraws it, once.
   *
   * @throws Rejection WRONG_STATE when it is not published
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var round = rows.lock(command.round);
    if (round.releasedAt == null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "round " + round.id + " is " + round.state.value() + " and has published nothing");
    }
    workspaces.removeWorkspace(command.round.project(), round.id);
    if (round.endReason != null) {
      return;
    }
    round.enter(RoundState.WITHDRAWN, clock.instant());
    round.endReason = command.reason;
    trail.record(
        AuditEntry.done("round.withdrawn", round.project, round.id)
            .with("releaseSet", String.valueOf(round.releaseSet))
            .because(command.reason));
    messenger.send(
        new Messenger.Notice(
            round.id + "/withdrawn",
            Messenger.Kind.ALARM,
            command.round.project(),
            List.of(),
            round.id + " is withdrawn",
            "The publication of round " + round.id + " was withdrawn. Reason: " + command.reason,
            Links.to(command.round)));
  }
}
