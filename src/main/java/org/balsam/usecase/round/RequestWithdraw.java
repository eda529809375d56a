package org.balsam.usecase.round;

import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.springframework.stereotype.Component;

/** Takes back a publication: through the round's process, or here when that has ended. */
@Component
public class RequestWithdraw {

  private final RoundRequests requests;
  private final RoundProcess process;
  private final WithdrawPublication publication;

  RequestWithdraw(RoundRequests requests, RoundProcess process, WithdrawPublication publication) {
    this.requests = requests;
    this.process = process;
    this.publication = publication;
  }

  /** What to withdraw, why, and who wants it. */
  public record Command(RoundId round, String reason, Actor actor) {}

  /**
   * Does it; the owner and the release manager may. A closed round is withdrawn when this returns,
   * another one soon after.
   *
   * @throws Rejection WRONG_STATE unless the round is released or closed, REASON_REQUIRED
   * @throws org.balsam.kernel.Forbidden for other roles
   */
  public void handle(Command command) {
    command.actor.requireAny(command.round.project(), Role.OWNER, Role.RELEASE);
    var reason = command.reason.strip();
    requests.handle(
        "round.withdrawal.requested",
        command.round,
        command.reason,
        round -> {
          switch (round.state) {
            case RELEASED -> process.withdraw(command.round, reason);
            case CLOSED ->
                publication.handle(new WithdrawPublication.Command(command.round, reason));
            default ->
                throw new Rejection(
                    ErrorCode.WRONG_STATE,
                    "round %s is %s; only a released or closed round can be withdrawn"
                        .formatted(round.id, round.state.value()));
          }
        });
  }
}
