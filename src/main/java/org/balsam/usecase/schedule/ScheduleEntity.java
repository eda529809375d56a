package org.balsam.usecase.schedule;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A schedule as stored. Changed only by whoever holds its row lock. */
@Entity
@Table(name = "schedule")
class ScheduleEntity implements Persistable<String> {

  @Id private String id;
  private String project;
  private String name;
  private String recurrence;
  private String timeZone;

  @Enumerated(EnumType.STRING)
  private NonWorkingDays nonWorkingDays;

  private int leadDays;

  @Enumerated(EnumType.STRING)
  private MisfirePolicy misfirePolicy;

  @Enumerated(EnumType.STRING)
  private Period.Frequency frequency;

  private int periodOffset;

  @Enumerated(EnumType.STRING)
  private ScheduleState state;

  private Instant settledUntil;
  private @Nullable Instant nextStart;
  private @Nullable Instant lastStart;
  private @Nullable String lastPeriod;

  @Enumerated(EnumType.STRING)
  private @Nullable StartOutcome lastOutcome;

  private @Nullable String model;
  private String createdBy;
  private Instant createdAt;
  private long version;

  @ElementCollection
  @CollectionTable(name = "schedule_holiday", joinColumns = @JoinColumn(name = "schedule"))
  @Column(name = "day")
  private Set<LocalDate> holidays = new HashSet<>();

  /** Whether it is not stored yet: storing it must never change somebody else's row. */
  @Transient private boolean fresh;

  /** For the object-relational mapper. */
  @SuppressWarnings("NullAway")
  protected ScheduleEntity() {}

  ScheduleEntity(CreateSchedule.Command command, Instant now) {
    this();
    this.fresh = true;
    this.id = command.schedule().value();
    this.project = command.schedule().project().value();
    this.name = command.schedule().name();
    this.model = command.model() == null ? null : command.model().value();
    this.state = ScheduleState.ACTIVE;
    this.settledUntil = now;
    this.createdBy = command.actor().id();
    this.createdAt = now;
    write(command.rules());
  }

  /** Replaces the rules; starts that they would have had in the past stay in the past. */
  void change(ScheduleRules rules, Instant now) {
    requireNotEnded();
    write(rules);
    settle(now);
    version++;
  }

  void pause() {
    requireNotEnded();
    state = ScheduleState.PAUSED;
    nextStart = null;
    version++;
  }

  void resume(Instant now) {
    requireNotEnded();
    state = ScheduleState.ACTIVE;
    settle(now);
    version++;
  }

  void end() {
    state = ScheduleState.ENDED;
    nextStart = null;
    version++;
  }

  /** Starts up to {@code moment} need no more attention. */
  void settle(Instant moment) {
    if (moment.isAfter(settledUntil)) {
      settledUntil = moment;
    }
  }

  /** The next start that needs attention, remembered for people to see. */
  Optional<Instant> computeNextStart() {
    var next =
        state == ScheduleState.ACTIVE
            ? rules().next(settledUntil).map(ScheduleRules.Start::at)
            : Optional.<Instant>empty();
    nextStart = next.orElse(null);
    return next;
  }

  void recordStart(Period period, StartOutcome outcome, Instant now) {
    lastStart = now;
    lastPeriod = period.value();
    lastOutcome = outcome;
  }

  void requireVersion(long expected) {
    if (version != expected) {
      throw new Rejection(
          ErrorCode.STALE,
          "the schedule "
              + id
              + " changed meanwhile: it has version "
              + version
              + ", the request was made for "
              + expected
              + "; read it again");
    }
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public boolean isNew() {
    return fresh;
  }

  ScheduleId id() {
    return ScheduleId.parse(id);
  }

  /** The model that it trains; null when it starts rounds. */
  @Nullable ModelName model() {
    return model == null ? null : new ModelName(model);
  }

  ScheduleState state() {
    return state;
  }

  Instant settledUntil() {
    return settledUntil;
  }

  ScheduleRules rules() {
    return new ScheduleRules(
        recurrence,
        ZoneId.of(timeZone),
        holidays,
        nonWorkingDays,
        leadDays,
        misfirePolicy,
        frequency,
        periodOffset);
  }

  ScheduleView view() {
    return new ScheduleView(
        id(),
        model(),
        rules(),
        state,
        nextStart,
        lastStart,
        lastPeriod == null ? null : new Period(lastPeriod),
        lastOutcome,
        version);
  }

  private void write(ScheduleRules rules) {
    recurrence = rules.recurrence();
    timeZone = rules.zone().getId();
    nonWorkingDays = rules.nonWorkingDays();
    leadDays = rules.leadDays();
    misfirePolicy = rules.misfirePolicy();
    frequency = rules.frequency();
    periodOffset = rules.periodOffset();
    holidays.retainAll(rules.holidays());
    holidays.addAll(rules.holidays());
  }

  private void requireNotEnded() {
    if (state == ScheduleState.ENDED) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "the schedule " + id + " has ended; make a new one with another name");
    }
  }
}
