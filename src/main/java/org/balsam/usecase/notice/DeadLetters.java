package org.balsam.usecase.notice;

import org.balsam.kernel.Actor;
import org.balsam.kernel.Page;
import org.balsam.platform.messaging.NoticeDeliveries;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What could not be delivered, for administrators of the platform. */
@Component
public class DeadLetters {

  private final NoticeDeliveries deliveries;

  DeadLetters(NoticeDeliveries deliveries) {
    this.deliveries = deliveries;
  }

  /**
   * Latest first.
   *
   * @param limit 1 to 200
   * @throws org.balsam.kernel.Forbidden for anybody but administrators of the platform
   */
  @Transactional(readOnly = true)
  public Page<NoticeDeliveries.DeadLetter> page(int limit, @Nullable String cursor, Actor actor) {
    actor.requirePlatformAdministrator();
    return deliveries.deadLetters(limit, cursor);
  }
}
