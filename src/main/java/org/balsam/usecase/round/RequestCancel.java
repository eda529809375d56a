package org.balsam.usecase.round;

import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.springframework.stereotype.Component;

/** Asks a round's process to end before its release. */
@Component
public class RequestCancel {

  private final RoundRequests requests;
  private final RoundProcess process;

  RequestCancel(RoundRequests requests, RoundProcess process) {
    this.requests = requests;
    this.process = process;
  }

  /** What to cancel, why, and who wants it. */
  public record Command(RoundId round, String reason, Actor actor) {}

  /**
   * Asks for it; the owner may.
   *
   * @throws Rejection WRONG_STATE when the round is published or has ended, REASON_REQUIRED
   * @throws org.balsam.kernel.Forbidden for other roles
   */
  public void handle(Command command) {
    command.actor.requireAny(command.round.project(), Role.OWNER);
    requests.handle(
        "round.cancel.requested",
        command.round,
        command.reason,
        round -> {
          if (round.state.published() || round.state.ended()) {
            throw new Rejection(
                ErrorCode.WRONG_STATE,
                "round %s is %s; only a round that is neither published nor ended can be cancelled"
                    .formatted(round.id, round.state.value()));
          }
          process.cancel(command.round, command.reason.strip());
        });
  }
}
