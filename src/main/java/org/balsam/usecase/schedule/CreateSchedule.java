package org.balsam.usecase.schedule;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a schedule and starts its process. */
@Component
public class CreateSchedule {

  private final ScheduleRepository schedules;
  private final ScheduleProcess process;
  private final AuditTrail audit;
  private final Clock clock;

  CreateSchedule(
      ScheduleRepository schedules, ScheduleProcess process, AuditTrail audit, Clock clock) {
    this.schedules = schedules;
    this.process = process;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param model the model to train; null for the rounds of the project
   */
  public record Command(
      ScheduleId schedule, @Nullable ModelName model, ScheduleRules rules, Actor actor) {

    /** A schedule of rounds. */
    public Command(ScheduleId schedule, ScheduleRules rules, Actor actor) {
      this(schedule, null, rules, actor);
    }
  }

  /**
   * Does it. Starts before this moment are not made up for.
   *
   * @throws Rejection ALREADY_EXISTS for a name that the project has, or had, a schedule of
   * @throws org.balsam.kernel.Forbidden unless the actor is owner or production of the project
   */
  @Transactional
  public ScheduleView handle(Command command) {
    var id = command.schedule();
    command.actor().requireAny(id.project(), Role.OWNER, Role.PRODUCTION);
    if (schedules.existsById(id.value())) {
      throw alreadyExists(id);
    }
    var row = new ScheduleEntity(command, clock.instant());
    row.computeNextStart();
    save(row, id);
    audit.record(
        ScheduleAudit.rules(
                AuditEntry.done("schedule.created", id.project().value(), id.value()),
                command.rules())
            .with(
                "starts", command.model() == null ? "rounds" : "trainings of " + command.model()));
    process.start(id);
    return row.view();
  }

  private void save(ScheduleEntity row, ScheduleId id) {
    try {
      schedules.saveAndFlush(row);
    } catch (DataIntegrityViolationException lostRace) {
      throw alreadyExists(id);
    }
  }

  private static Rejection alreadyExists(ScheduleId id) {
    return new Rejection(
        ErrorCode.ALREADY_EXISTS,
        "the schedule '" + id + "' exists, or existed; choose another name");
  }
}
