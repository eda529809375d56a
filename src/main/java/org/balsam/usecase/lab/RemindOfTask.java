package org.balsam.usecase.lab;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the owner of a task that waits too long; once a day. */
@Component
public class RemindOfTask {

  private final ExplorationRepository explorations;
  private final LabNotices notices;
  private final AuditTrail trail;
  private final Clock clock;

  RemindOfTask(
      ExplorationRepository explorations, LabNotices notices, AuditTrail trail, Clock clock) {
    this.explorations = explorations;
    this.notices = notices;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Which task.
   *
   * @param task its name in words without a capital: {@code decide outcome}
   */
  public record Command(ExplorationId exploration, String task) {}

  /** Tells the owner. */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.get(command.exploration);
    var day = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    var label = command.task.substring(0, 1).toUpperCase(Locale.ROOT) + command.task.substring(1);
    notices.tell(
        Messenger.Kind.TASK,
        exploration,
        command.task.replace(' ', '-') + "/overdue/" + day,
        "Overdue: " + label,
        "The task \"%s\" of %s is overdue. Complete it or find somebody who can."
            .formatted(label, exploration.id),
        Role.OWNER);
    trail.record(
        AuditEntry.done("task.escalated", exploration.project, exploration.id)
            .with("activity", command.task));
  }
}
