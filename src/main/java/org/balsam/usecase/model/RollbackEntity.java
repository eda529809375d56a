package org.balsam.usecase.model;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A row of {@code model_rollback}. Changed only by whoever holds its row lock. */
@Entity
@Table(name = "model_rollback")
class RollbackEntity implements Persistable<String> {

  private static final int LONGEST_FAILURE = 4000;

  @Id String id;
  String project;
  String model;
  String champion;
  String target;
  boolean emergency;
  String reason;

  @Enumerated(EnumType.STRING)
  RollbackState state;

  String requestedBy;
  Instant requestedAt;
  @Nullable String decision;
  @Nullable String decidedBy;
  @Nullable Instant decidedAt;
  @Nullable String decisionReason;
  @Nullable String settlement;
  @Nullable String settledBy;
  @Nullable Instant settledAt;
  @Nullable String settlementReason;
  @Nullable String failure;

  @Transient private boolean fresh;

  /** For the object-relational mapper. */
  @SuppressWarnings("NullAway.Init")
  protected RollbackEntity() {}

  RollbackEntity(
      RollbackId id, ModelVersionId champion, RequestRollback.Command request, Instant now) {
    this();
    this.fresh = true;
    this.id = id.value();
    this.project = id.project().value();
    this.model = champion.model().value();
    this.champion = champion.value();
    this.target = request.target() == null ? "" : request.target().value();
    this.emergency = request.emergency();
    this.reason = request.reason();
    this.state = RollbackState.REQUESTED;
    this.requestedBy = request.actor().id();
    this.requestedAt = now;
  }

  /** Keeps a person's decision; who asked, and who refused before, cannot make it. */
  void decide(String what, @Nullable String why, String by, Instant now) {
    if (by.equals(requestedBy)) {
      throw excluded("you asked for the roll-back " + id + " yourself");
    }
    if (state == RollbackState.DISPUTED) {
      settle(what, why, by, now);
    } else {
      decision = what;
      decidedBy = by;
      decidedAt = now;
      decisionReason = why;
    }
  }

  private void settle(String what, @Nullable String why, String by, Instant now) {
    if (by.equals(decidedBy)) {
      throw excluded("you refused the roll-back " + id + " yourself");
    }
    settlement = what;
    settledBy = by;
    settledAt = now;
    settlementReason = why;
  }

  /** Demands what a person must have decided before the alias moves. */
  void requireApproval() {
    if (!emergency && !"approve".equals(decision)) {
      throw new Rejection(ErrorCode.WRONG_STATE, "nobody approved the roll-back " + id);
    }
  }

  /** Demands that a person settled the dispute in favour of the champion before. */
  void requireRestoration() {
    if (!"restore".equals(settlement)) {
      throw new Rejection(ErrorCode.WRONG_STATE, "nobody decided to take back " + id);
    }
  }

  /** Enters a state; entering it twice changes nothing. */
  void enter(RollbackState next, RollbackState... from) {
    if (state != next && !Set.of(from).contains(state)) {
      throw new Rejection(
          ErrorCode.WRONG_STATE, "the roll-back " + id + " is " + state.value() + " already");
    }
    state = next;
  }

  void fail(String why) {
    state = RollbackState.FAILED;
    failure = why.length() <= LONGEST_FAILURE ? why : why.substring(0, LONGEST_FAILURE);
  }

  RollbackId id() {
    return RollbackId.parse(id);
  }

  ProjectId project() {
    return new ProjectId(project);
  }

  ModelVersionId champion() {
    return ModelVersionId.parse(champion);
  }

  ModelVersionId target() {
    return ModelVersionId.parse(target);
  }

  RollbackView view() {
    return new RollbackView(
        id(),
        champion().model(),
        champion(),
        target(),
        emergency,
        reason,
        state,
        requestedBy,
        requestedAt,
        view(decision, decidedBy, decidedAt, decisionReason),
        view(settlement, settledBy, settledAt, settlementReason),
        failure);
  }

  private static RollbackView.@Nullable Decision view(
      @Nullable String what, @Nullable String by, @Nullable Instant at, @Nullable String why) {
    return what == null || by == null || at == null
        ? null
        : new RollbackView.Decision(what, by, at, why);
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public boolean isNew() {
    return fresh;
  }

  private static Forbidden excluded(String deed) {
    return new Forbidden(
        ErrorCode.SEPARATION_OF_DUTIES, deed + "; another person must decide on it");
  }
}
