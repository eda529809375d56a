package org.balsam.usecase.schedule;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets a paused schedule start again; starts that passed meanwhile are dropped. */
@Component
public class ResumeSchedule {

  private final ScheduleRepository schedules;
  private final ScheduleProcess process;
  private final AuditTrail audit;
  private final Clock clock;

  ResumeSchedule(
      ScheduleRepository schedules, ScheduleProcess process, AuditTrail audit, Clock clock) {
    this.schedules = schedules;
    this.process = process;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param reason why, in the actor's words
   */
  public record Command(ScheduleId schedule, @Nullable String reason, Actor actor) {}

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws org.balsam.kernel.Forbidden unless the actor is owner or production of the project
   * @throws org.balsam.kernel.Rejection WRONG_STATE when it has ended
   */
  @Transactional
  public ScheduleView handle(Command command) {
    var id = command.schedule();
    command.actor().requireAny(id.project(), Role.OWNER, Role.PRODUCTION);
    var row = schedules.locked(id);
    if (row.state() != ScheduleState.ACTIVE) {
      row.resume(clock.instant());
      row.computeNextStart();
      audit.record(
          AuditEntry.done("schedule.resumed", id.project().value(), id.value())
              .because(command.reason()));
      process.resume(id);
    }
    return row.view();
  }
}
