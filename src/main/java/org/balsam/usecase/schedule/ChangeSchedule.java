package org.balsam.usecase.schedule;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Role;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives a schedule other rules, from now on. */
@Component
public class ChangeSchedule {

  private final ScheduleRepository schedules;
  private final ScheduleProcess process;
  private final AuditTrail audit;
  private final Clock clock;

  ChangeSchedule(
      ScheduleRepository schedules, ScheduleProcess process, AuditTrail audit, Clock clock) {
    this.schedules = schedules;
    this.process = process;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param version the version that the actor has read
   */
  public record Command(ScheduleId schedule, long version, ScheduleRules rules, Actor actor) {}

  /**
   * Does it. Starts before this moment are not made up for.
   *
   * @throws org.balsam.kernel.Rejection STALE for another version, WRONG_STATE when it has ended
   * @throws org.balsam.kernel.Forbidden unless the actor is owner or production of the project
   */
  @Transactional
  public ScheduleView handle(Command command) {
    var id = command.schedule();
    command.actor().requireAny(id.project(), Role.OWNER, Role.PRODUCTION);
    var row = schedules.locked(id);
    row.requireVersion(command.version());
    row.change(command.rules(), clock.instant());
    row.computeNextStart();
    audit.record(
        ScheduleAudit.rules(
            AuditEntry.done("schedule.changed", id.project().value(), id.value()),
            command.rules()));
    process.change(id);
    return row.view();
  }
}
