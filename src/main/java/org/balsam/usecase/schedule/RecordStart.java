package org.balsam.usecase.schedule;

import java.time.Clock;
import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Period;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps how a start ended and tells the owner when it was refused. */
@Component
public class RecordStart {

  private final ScheduleRepository schedules;
  private final Messenger messenger;
  private final AuditTrail audit;
  private final Clock clock;

  RecordStart(ScheduleRepository schedules, Messenger messenger, AuditTrail audit, Clock clock) {
    this.schedules = schedules;
    this.messenger = messenger;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param detail why the start was refused; null unless it was
   */
  public record Command(
      ScheduleId schedule, Period period, StartOutcome outcome, @Nullable String detail) {}

  /** Does it. */
  @Transactional
  public void handle(Command command) {
    var id = command.schedule();
    var row = schedules.locked(id);
    row.recordStart(command.period(), command.outcome(), clock.instant());
    var entry =
        command.outcome() == StartOutcome.REFUSED
            ? AuditEntry.refused(action(row), id.project().value(), id.value(), detail(command))
            : AuditEntry.done(action(row), id.project().value(), id.value());
    audit.record(
        entry
            .with("period", command.period().value())
            .with("existed", command.outcome() == StartOutcome.EXISTED));
    if (command.outcome() == StartOutcome.REFUSED) {
      messenger.send(notice(command, row));
    }
  }

  private static Messenger.Notice notice(Command command, ScheduleEntity row) {
    var id = command.schedule();
    var what = row.model() == null ? "round" : "training of model " + row.model();
    return new Messenger.Notice(
        id + "/refused/" + row.settledUntil(),
        Messenger.Kind.TASK,
        id.project(),
        List.of(Role.OWNER.group(id.project())),
        "The schedule " + id + " could not start " + command.period().sdmx(),
        "The "
            + what
            + " for "
            + command.period().sdmx()
            + " was not started: "
            + detail(command)
            + ". The schedule goes on with its next start. Start it by hand once the reason is gone.",
        "");
  }

  private static String action(ScheduleEntity row) {
    return row.model() == null ? "schedule.round.started" : "schedule.training.started";
  }

  private static String detail(Command command) {
    return command.detail() == null ? "no reason was given" : command.detail();
  }
}
