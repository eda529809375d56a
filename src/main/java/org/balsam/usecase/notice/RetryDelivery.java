package org.balsam.usecase.notice;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.platform.messaging.NoticeDeliveries;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tries to deliver once more what was given up. */
@Component
public class RetryDelivery {

  private final NoticeDeliveries deliveries;
  private final AuditTrail trail;

  RetryDelivery(NoticeDeliveries deliveries, AuditTrail trail) {
    this.deliveries = deliveries;
    this.trail = trail;
  }

  /** Which letter. */
  public record Command(long letter, Actor actor) {}

  /**
   * Queues it anew, with ten attempts.
   *
   * @throws org.balsam.kernel.NotFound when it was not given up, or is queued already
   * @throws org.balsam.kernel.Forbidden for anybody but administrators of the platform
   */
  @Transactional
  public void handle(Command command) {
    command.actor.requirePlatformAdministrator();
    var letter = deliveries.retry(command.letter);
    trail.record(
        AuditEntry.done("notice.requeued", letter.project(), null)
            .with("key", letter.notice())
            .with("channel", letter.channel()));
  }
}
