package org.balsam.usecase.round;

import java.time.Instant;
import java.util.Objects;
import org.balsam.audit.ApprovalTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.springframework.stereotype.Component;

/** Finds the two approvals of a run and demands that they hold. */
@Component
class Approvals {

  private final DecisionRepository decisions;
  private final ApprovalTrail trail;

  Approvals(DecisionRepository decisions, ApprovalTrail trail) {
    this.decisions = decisions;
    this.trail = trail;
  }

  /** The audit events of review and release approval. */
  record Both(String review, String release) {}

  /**
   * The approvals bound to the run's evidence.
   *
   * @throws org.balsam.kernel.Rejection EVIDENCE_CHANGED when there is none
   */
  Both of(RoundEntity round, RunEntity run) {
    var since = since(round, run);
    var review = approved(round, run, DecisionRules.REVIEW, since);
    var release = approved(round, run, DecisionRules.APPROVE_RELEASE, since);
    if (review.actor().equals(release.actor())) {
      throw new Forbidden(
          ErrorCode.SEPARATION_OF_DUTIES,
          "round %s was reviewed and approved for release by the same person, %s"
              .formatted(round.id, review.actor()));
    }
    trail.requireInclusion(review.id());
    trail.requireInclusion(release.id());
    return new Both(review.id(), release.id());
  }

  /**
   * The audit event of the confirmation of the round's inputs.
   *
   * @throws org.balsam.kernel.Rejection EVIDENCE_CHANGED when there is none
   */
  String confirmation(RoundEntity round) {
    var confirmed =
        trail
            .newest(
                round.roundId().project(), round.id, DecisionRules.CONFIRM_INPUTS, Instant.EPOCH)
            .orElseThrow(
                () -> VerifyApproval.changed("the audit trail has no confirmation of the inputs"));
    trail.requireInclusion(confirmed.id());
    return confirmed.id();
  }

  private ApprovalTrail.Completion approved(
      RoundEntity round, RunEntity run, String activity, Instant since) {
    var decision =
        decisions
            .findFirstByRoundAndActivityAndDecidedAtAfterOrderByIdDesc(round.id, activity, since)
            .filter(newest -> newest.decision.equals(DecisionRules.APPROVE))
            .filter(newest -> Objects.equals(newest.evidence, run.evidence))
            .orElseThrow(
                () -> VerifyApproval.changed("no " + activity + " approved this evidence"));
    return trail
        .newest(round.roundId().project(), round.id, activity, since)
        .filter(event -> event.actor().equals(decision.actor))
        .orElseThrow(
            () ->
                VerifyApproval.changed(
                    "the audit trail has no completion of " + activity + " by " + decision.actor));
  }

  private static Instant since(RoundEntity round, RunEntity run) {
    var checked = Objects.requireNonNull(run.checkedAt, "the run was checked");
    return round.approvalsVoidedAt != null && round.approvalsVoidedAt.isAfter(checked)
        ? round.approvalsVoidedAt
        : checked;
  }
}
