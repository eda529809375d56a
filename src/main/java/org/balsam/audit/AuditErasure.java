package org.balsam.audit;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.springframework.transaction.annotation.Transactional;

/** Erases personal free text where the law demands it. Every proof still holds afterwards. */
public class AuditErasure {

  private final AuditDatabase database;
  private final AuditTrail trail;

  AuditErasure(AuditDatabase database, AuditTrail trail) {
    this.database = database;
    this.trail = trail;
  }

  /**
   * Erases the reason of an event, and its salt, and records that.
   *
   * @param ground why it had to be erased, without personal data
   * @throws NotFound if the event has no reason or it is erased already
   */
  @Transactional
  public void erase(String eventId, String ground) {
    if (ground.isBlank()) {
      throw new Invalid(ErrorCode.REASON_REQUIRED, "ground", "say on what ground it is erased");
    }
    var erased =
        database.joined().update("delete from audit_payload where event_id::text = ?", eventId);
    if (erased == 0) {
      throw new NotFound("the audit event " + eventId + " has no reason that could be erased");
    }
    trail.record(AuditEntry.done("audit.payload.erased", null, eventId).with("ground", ground));
  }
}
