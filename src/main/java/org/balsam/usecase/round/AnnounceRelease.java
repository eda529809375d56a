package org.balsam.usecase.round;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.messaging.Messenger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Announces the moment of release, first or anew. */
@Component
public class AnnounceRelease {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm zzz", Locale.ENGLISH);
  private static final String APPROVED_ANEW =
      "the results were approved anew after they had changed";

  private final RoundRows rows;
  private final AnnouncementRepository announcements;
  private final Messenger messenger;
  private final AuditTrail trail;
  private final Clock clock;

  AnnounceRelease(
      RoundRows rows,
      AnnouncementRepository announcements,
      Messenger messenger,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.announcements = announcements;
    this.messenger = messenger;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to announce.
   *
   * @param zone in which people read the moment
   * @param reason null for the first announcement, required for a postponement
   */
  public record Command(RoundId round, Instant releaseAt, ZoneId zone, @Nullable String reason) {}

  /**
   * Announces it; the moment that is announced already is not announced again.
   *
   * @throws Rejection WRONG_STATE for a moment before the announced one, REASON_REQUIRED for a
   *     postponement without reason
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var round = rows.lock(command.round);
    var last = announcements.findFirstByRoundOrderByNumberDesc(round.id).orElse(null);
    if (last != null && last.releaseAt.equals(command.releaseAt)) {
      return;
    }
    var reason = last == null ? command.reason : reason(command, round, last);
    var number = last == null ? 1 : last.number + 1;
    announcements.save(
        new AnnouncementEntity(
            command.round, number, clock.instant(), command.releaseAt, command.zone, reason));
    trail.record(
        AuditEntry.done(
                number == 1 ? "round.announced" : "round.postponed",
                command.round.project().value(),
                command.round.value())
            .with("releaseAt", command.releaseAt.toString())
            .with("zone", command.zone.getId())
            .because(reason));
    messenger.send(notice(command, number, reason));
  }

  private static String reason(Command command, RoundEntity round, AnnouncementEntity last) {
    if (command.releaseAt.isBefore(last.releaseAt)) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "round %s is announced for %s; it can be postponed, not published earlier"
              .formatted(round.id, last.releaseAt));
    }
    if (command.reason != null && !command.reason.isBlank()) {
      return command.reason.strip();
    }
    if (round.approvalsVoidedAt != null && round.approvalsVoidedAt.isAfter(last.announcedAt)) {
      return APPROVED_ANEW;
    }
    throw new Rejection(ErrorCode.REASON_REQUIRED, "a postponement needs a reason for the public");
  }

  private static Messenger.Notice notice(Command command, int number, @Nullable String reason) {
    var when = FORMAT.format(command.releaseAt.atZone(command.zone));
    var round = command.round;
    var what = number == 1 ? "will be released on " : "is postponed to ";
    return new Messenger.Notice(
        round + "/announced/" + number,
        Messenger.Kind.RELEASE,
        round.project(),
        List.of(),
        "Release of " + round + (number == 1 ? " announced" : " postponed"),
        "Round " + round + " " + what + when + "." + (reason == null ? "" : " Reason: " + reason),
        Links.to(round));
  }
}
