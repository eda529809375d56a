package org.balsam.usecase.round;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.jspecify.annotations.Nullable;

/** The row of a round. Fields are read freely inside the package and changed by methods only. */
@Entity
@Table(name = "round")
class RoundEntity {

  @Id String id;
  @Version @Nullable Long version;
  String project;
  String period;
  int revision;

  @Enumerated(EnumType.STRING)
  RoundState state;

  Instant stateSince;

  @Enumerated(EnumType.STRING)
  Trigger triggeredBy;

  String requestedBy;
  Instant requestedAt;
  @Nullable String predecessor;

  @Enumerated(EnumType.STRING)
  @Nullable RevisionType revisionType;

  @Nullable String revisionReason;
  @Nullable Instant plannedRelease;
  @Nullable String commitId;
  @Nullable String method;
  int run;
  @Nullable Instant approvalsVoidedAt;
  @Nullable String reviewEvent;
  @Nullable String releaseEvent;
  @Nullable String releaseSet;
  @Nullable Instant releasedAt;
  @Nullable String bundle;
  @Nullable String endReason;
  @Nullable Boolean evaluated;

  @SuppressWarnings("NullAway")
  protected RoundEntity() {}

  RoundEntity(RoundId id, Trigger trigger, String requestedBy, Instant now) {
    this.id = id.value();
    this.project = id.project().value();
    this.period = id.period().value();
    this.revision = id.revision();
    this.state = RoundState.PLANNED;
    this.stateSince = now;
    this.triggeredBy = trigger;
    this.requestedBy = requestedBy;
    this.requestedAt = now;
  }

  RoundId roundId() {
    return new RoundId(new ProjectId(project), new Period(period), revision);
  }

  void revises(RoundId predecessor, RevisionType type, String reason) {
    this.predecessor = predecessor.value();
    this.revisionType = type;
    this.revisionReason = reason;
  }

  /** Goes to {@code next}; a round that has ended stays as it is, but closed can be withdrawn. */
  void enter(RoundState next, Instant now) {
    if (state == next) {
      return;
    }
    var withdrawal = state == RoundState.CLOSED && next == RoundState.WITHDRAWN;
    if (state.ended() && !withdrawal) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "round " + id + " is " + state.value() + " and cannot become " + next.value());
    }
    state = next;
    stateSince = now;
  }

  /** Approvals before now no longer count. */
  void voidApprovals(Instant now) {
    approvalsVoidedAt = now;
    reviewEvent = null;
    releaseEvent = null;
  }
}
