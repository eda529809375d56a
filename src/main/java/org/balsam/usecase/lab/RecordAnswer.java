package org.balsam.usecase.lab;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what a person answered in a task of an exploration. More time or more resources for an
 * exploration are given by another person than the one who asked for it.
 */
@Component
public class RecordAnswer {

  private final ExplorationRepository explorations;
  private final EndDates dates;
  private final AuditTrail trail;
  private final Clock clock;

  RecordAnswer(ExplorationRepository explorations, EndDates dates, AuditTrail trail, Clock clock) {
    this.explorations = explorations;
    this.dates = dates;
    this.trail = trail;
    this.clock = clock;
  }

  /** What people answer. */
  public enum Answer {
    APPROVE,
    REJECT,
    RENEW,
    END,
    STOP,
    CONTINUE,
    TRANSFER;

    /** Reads {@code approve}; anything else is an {@link Invalid}. */
    public static Answer parse(String value) {
      for (var answer : values()) {
        if (answer.name().toLowerCase(Locale.ROOT).equals(value)) {
          return answer;
        }
      }
      throw new Invalid(ErrorCode.INVALID_INPUT, "decision", "is not an answer of this task");
    }

    boolean gives() {
      return this == APPROVE || this == RENEW || this == CONTINUE;
    }
  }

  /**
   * What was answered.
   *
   * @param reason empty where none is needed
   * @param newEndDate needed to renew and to continue
   */
  public record Command(
      ExplorationId exploration,
      Answer answer,
      String reason,
      @Nullable LocalDate newEndDate,
      Actor person) {}

  /**
   * Keeps it.
   *
   * @throws Forbidden SEPARATION_OF_DUTIES when who asked for the exploration gives something to it
   * @throws Invalid for an end date that is not allowed
   * @throws org.balsam.kernel.Rejection WRONG_STATE when the request was taken back
   */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    exploration.requireNotWithdrawn();
    if (command.answer.gives() && command.person.id().equals(exploration.requestedBy)) {
      throw refused(command);
    }
    keep(command, exploration);
    trail.record(entry(command).because(command.reason));
  }

  private void keep(Command command, ExplorationEntity exploration) {
    switch (command.answer) {
      case APPROVE, REJECT -> exploration.decided(command.person.id(), clock.instant());
      case RENEW -> renew(command, exploration);
      case END -> {}
      case STOP, TRANSFER -> outcome(command, exploration);
      case CONTINUE -> {
        outcome(command, exploration);
        renew(command, exploration);
      }
    }
  }

  private void outcome(Command command, ExplorationEntity exploration) {
    exploration.outcome = Outcome.valueOf(command.answer.name());
    exploration.outcomeReason = command.reason;
    exploration.outcomeBy = command.person.id();
  }

  private void renew(Command command, ExplorationEntity exploration) {
    if (command.newEndDate == null) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "newEndDate", "is needed, as 2027-01-31");
    }
    var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    dates.check("newEndDate", command.newEndDate, today);
    if (!command.newEndDate.isAfter(exploration.endDate)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "newEndDate",
          "is later than the end date until now, " + exploration.endDate);
    }
    exploration.renew(command.newEndDate);
  }

  private Forbidden refused(Command command) {
    var why =
        "you asked for the exploration "
            + command.exploration
            + " yourself; another person must "
            + command.answer.name().toLowerCase(Locale.ROOT)
            + " it";
    trail.recordSeparately(entry(command).outcome(AuditEntry.Outcome.REFUSED).with("refusal", why));
    return new Forbidden(ErrorCode.SEPARATION_OF_DUTIES, why);
  }

  private static AuditEntry entry(Command command) {
    var entry =
        AuditEntry.done(
                "exploration.answered",
                command.exploration.project().value(),
                command.exploration.value())
            .with("answer", command.answer.name())
            .with("by", command.person.id());
    return command.newEndDate == null
        ? entry
        : entry.with("endDate", command.newEndDate.toString());
  }
}
