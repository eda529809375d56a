package org.balsam.usecase.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes the start that is due, or skips it, as the misfire policy says. */
@Component
public class TakeStart {

  private final ScheduleRepository schedules;
  private final AuditTrail audit;
  private final Clock clock;
  private final ScheduleProperties properties;

  TakeStart(
      ScheduleRepository schedules, AuditTrail audit, Clock clock, ScheduleProperties properties) {
    this.schedules = schedules;
    this.audit = audit;
    this.clock = clock;
    this.properties = properties;
  }

  /** What to do. */
  public record Command(ScheduleId schedule) {}

  /**
   * The outcome.
   *
   * @param period the period for which to start; empty when nothing is to be started
   * @param model the model to train; null for a round
   */
  public record Result(Optional<Period> period, @Nullable ModelName model) {}

  /** Does it; a start is taken at most once. */
  @Transactional
  public Result handle(Command command) {
    var row = schedules.locked(command.schedule());
    var now = clock.instant();
    if (row.state() != ScheduleState.ACTIVE) {
      return new Result(Optional.empty(), row.model());
    }
    var rules = row.rules();
    var due = rules.between(row.settledUntil(), now);
    if (due.isEmpty()) {
      return new Result(Optional.empty(), row.model());
    }
    var taken = choose(rules.misfirePolicy(), due, now);
    row.settle(taken.orElse(due.get(due.size() - 1)).at());
    record(command.schedule(), due, taken, row.settledUntil());
    return new Result(taken.map(ScheduleRules.Start::period), row.model());
  }

  private Optional<ScheduleRules.Start> choose(
      MisfirePolicy policy, List<ScheduleRules.Start> due, Instant now) {
    var newest = due.get(due.size() - 1);
    return switch (policy) {
      case CATCH_UP -> Optional.of(due.get(0));
      case RUN_LATE -> Optional.of(newest);
      case SKIP ->
          Optional.of(newest)
              .filter(start -> !start.at().plus(properties.tolerance()).isBefore(now));
    };
  }

  private void record(
      ScheduleId id,
      List<ScheduleRules.Start> due,
      Optional<ScheduleRules.Start> taken,
      Instant settled) {
    due.stream()
        .filter(start -> !start.at().isAfter(settled) && !taken.equals(Optional.of(start)))
        .forEach(start -> audit.record(entry("schedule.start.skipped", id, start)));
    taken.ifPresent(start -> audit.record(entry("schedule.start.taken", id, start)));
  }

  private static AuditEntry entry(String action, ScheduleId id, ScheduleRules.Start start) {
    return AuditEntry.done(action, id.project().value(), id.value())
        .with("period", start.period().value())
        .with("plannedFor", start.at().toString());
  }
}
