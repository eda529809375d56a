package org.balsam.usecase.round;

import java.time.Clock;
import java.time.Instant;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.Refusals;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.balsam.standard.template.MethodVersions;
import org.balsam.standard.template.ProjectFiles;
import org.balsam.standard.template.ProjectPolicies;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Requests a round and starts its process. Of any number of simultaneous requests one wins. */
@Component
public class StartRound {

  private final RoundRepository rounds;
  private final RoundNumbers numbers;
  private final RoundRows rows;
  private final MethodVersions methods;
  private final ProjectFiles files;
  private final ProjectPolicies policies;
  private final RoundProcess process;
  private final AuditTrail trail;
  private final Refusals refusals;
  private final Clock clock;

  StartRound(
      RoundRepository rounds,
      RoundNumbers numbers,
      RoundRows rows,
      MethodVersions methods,
      ProjectFiles files,
      ProjectPolicies policies,
      RoundProcess process,
      AuditTrail trail,
      Refusals refusals,
      Clock clock) {
    this.rounds = rounds;
    this.numbers = numbers;
    this.rows = rows;
    this.methods = methods;
    this.files = files;
    this.policies = policies;
    this.process = process;
    this.trail = trail;
    this.refusals = refusals;
    this.clock = clock;
  }

  /**
   * What to start.
   *
   * @param revisionOf null for the first release of a period, also after rounds of it that ended
   *     without a publication; then the next number is taken, which only a person can trigger
   * @param plannedRelease the moment published in the release calendar, before which nothing may be
   *     released; null when there is none
   */
  public record Command(
      ProjectId project,
      Period period,
      @Nullable RevisionOf revisionOf,
      Trigger trigger,
      Actor actor,
      @Nullable Instant plannedRelease) {}

  /**
   * Makes the round a revision of a published one.
   *
   * @param reason shown to the public
   */
  public record RevisionOf(RoundId predecessor, RevisionType type, String reason) {}

  /** The round that was started. */
  public record Result(RoundId round) {}

  /**
   * Starts it.
   *
   * @throws Rejection ALREADY_EXISTS when the period has a round that goes on or was published,
   *     WRONG_STATE when the project is not active or the predecessor not released, REASON_REQUIRED
   *     for a revision without a reason
   * @throws Invalid when the project's {@code balsam.yaml} is malformed, of another frequency, or
   *     outside the bounds of its template's policy
   * @throws org.balsam.kernel.NotFound for an unknown project or one that the actor may not know
   */
  public Result handle(Command command) {
    command.actor.requireAny(command.project, Role.OWNER, Role.SUBJECT, Role.PRODUCTION);
    var asked = RoundNumbers.asked(command);
    var id = RoundId.parse(new RoundId(command.project, command.period, asked).value());
    return refusals.recorded("round.requested", id.project(), id.value(), () -> start(command));
  }

  private Result start(Command command) {
    checkFrequency(command);
    checkCalendar(command);
    numbers.lock(command.project, command.period);
    var id = numbers.next(command);
    var now = clock.instant();
    var round = new RoundEntity(id, command.trigger, command.actor.id(), now);
    round.plannedRelease = command.plannedRelease;
    if (command.revisionOf != null) {
      revise(round, id, command.revisionOf);
    }
    rounds.save(round);
    trail.record(requested(command, id));
    process.start(id, command.trigger);
    return new Result(id);
  }

  private void checkCalendar(Command command) {
    if (command.plannedRelease != null && command.plannedRelease.isBefore(clock.instant())) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "plannedRelease",
          "%s has passed; name a moment to come, or leave it out"
              .formatted(command.plannedRelease));
    }
  }

  private void checkFrequency(Command command) {
    var method = methods.newest(command.project);
    var file = files.at(command.project, method.commit());
    policies.require(command.project, method.commit());
    if (!file.hasRounds()) {
      throw new Invalid(
          ErrorCode.INVALID_PROJECT_FILE,
          "balsam.yaml",
          "has no 'stages', so %s has no rounds; start a training, or add stages and release"
              .formatted(command.project));
    }
    var frequency = file.product().frequency();
    if (command.period.frequency() != frequency) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "period",
          "'%s' is a %s, but the product of %s is by %s"
              .formatted(
                  command.period,
                  words(command.period.frequency()),
                  command.project,
                  words(frequency)));
    }
  }

  private void revise(RoundEntity round, RoundId id, RevisionOf revision) {
    if (revision.reason.isBlank()) {
      throw new Rejection(ErrorCode.REASON_REQUIRED, "a revision needs a reason for the public");
    }
    var predecessor = rows.round(revision.predecessor);
    var same =
        revision.predecessor.project().equals(id.project())
            && revision.predecessor.period().equals(id.period());
    if (!same || !predecessor.state.published()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "round %s is %s; only a released round of the same project and period can be revised"
              .formatted(revision.predecessor, predecessor.state.value()));
    }
    round.revises(revision.predecessor, revision.type, revision.reason.strip());
  }

  private static AuditEntry requested(Command command, RoundId id) {
    var entry =
        AuditEntry.done("round.requested", id.project().value(), id.value())
            .with("trigger", command.trigger.name());
    return command.revisionOf == null
        ? entry
        : entry
            .with("predecessor", command.revisionOf.predecessor.value())
            .with("revisionType", command.revisionOf.type.value())
            .because(command.revisionOf.reason);
  }

  private static String words(Period.Frequency frequency) {
    return frequency.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
