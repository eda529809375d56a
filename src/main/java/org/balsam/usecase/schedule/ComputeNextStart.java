package org.balsam.usecase.schedule;

import java.time.Instant;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds out what a schedule waits for next. */
@Component
public class ComputeNextStart {

  private final ScheduleRepository schedules;
  private final AuditTrail audit;

  ComputeNextStart(ScheduleRepository schedules, AuditTrail audit) {
    this.schedules = schedules;
    this.audit = audit;
  }

  /** What to do. */
  public record Command(ScheduleId schedule) {}

  /**
   * The outcome.
   *
   * @param nextStart null unless the state is active; may have passed already
   */
  public record Result(ScheduleState state, @Nullable Instant nextStart) {}

  /** Does it; repeating it changes nothing more. A schedule without another start ends. */
  @Transactional
  public Result handle(Command command) {
    var id = command.schedule();
    var row = schedules.locked(id);
    var next = row.computeNextStart();
    if (row.state() == ScheduleState.ACTIVE && next.isEmpty()) {
      row.end();
      audit.record(
          AuditEntry.done("schedule.ended", id.project().value(), id.value())
              .with("cause", "no start left"));
    }
    return new Result(row.state(), next.orElse(null));
  }
}
