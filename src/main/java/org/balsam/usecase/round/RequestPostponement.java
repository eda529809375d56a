package org.balsam.usecase.round;

import java.time.Instant;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.springframework.stereotype.Component;

/** Asks a round's process to publish later than announced. */
@Component
public class RequestPostponement {

  private final RoundRequests requests;
  private final AnnouncementRepository announcements;
  private final RoundProcess process;

  RequestPostponement(
      RoundRequests requests, AnnouncementRepository announcements, RoundProcess process) {
    this.requests = requests;
    this.announcements = announcements;
    this.process = process;
  }

  /** The new moment, why, and who wants it. */
  public record Command(RoundId round, Instant releaseAt, String reason, Actor actor) {}

  /**
   * Asks for it; the owner and the release manager may.
   *
   * @throws Rejection WRONG_STATE unless the round is embargoed and the new moment later than the
   *     announced one, REASON_REQUIRED
   * @throws org.balsam.kernel.Forbidden for other roles
   */
  public void handle(Command command) {
    command.actor.requireAny(command.round.project(), Role.OWNER, Role.RELEASE);
    requests.handle(
        "round.postponement.requested",
        command.round,
        command.reason,
        round -> {
          requireLater(command, round);
          process.postpone(command.round, command.releaseAt, command.reason.strip());
        });
  }

  private void requireLater(Command command, RoundEntity round) {
    var announced = announcements.findFirstByRoundOrderByNumberDesc(round.id);
    if (round.state != RoundState.EMBARGOED || announced.isEmpty()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "round %s is %s; only an embargoed round can be postponed"
              .formatted(round.id, round.state.value()));
    }
    if (!command.releaseAt.isAfter(announced.get().releaseAt)) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "round %s is announced for %s; it can only be postponed to a later moment, not to %s"
              .formatted(round.id, announced.get().releaseAt, command.releaseAt));
    }
  }
}
