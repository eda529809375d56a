package org.balsam.usecase.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.balsam.audit.ApprovalTrail;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Verifies, right before promotion, that what was approved is what will be promoted: the same
 * artefact, evidence and champion, and two approvals by people who are neither each other nor the
 * trainer, whose audit events are sealed.
 */
@Component
public class VerifyPromotion {

  private final TrainingRows rows;
  private final TrainingDecisionRepository decisions;
  private final ApprovedCandidate approved;
  private final ApprovalTrail approvals;
  private final AuditTrail trail;

  VerifyPromotion(
      TrainingRows rows,
      TrainingDecisionRepository decisions,
      ApprovedCandidate approved,
      ApprovalTrail approvals,
      AuditTrail trail) {
    this.rows = rows;
    this.decisions = decisions;
    this.approved = approved;
    this.approvals = approvals;
    this.trail = trail;
  }

  /**
   * What to verify.
   *
   * @param evidence sha256 that the process carries since the gate
   */
  public record Command(TrainingId training, String evidence) {}

  /**
   * Verifies it.
   *
   * @throws Rejection EVIDENCE_CHANGED, ARTEFACT_CHANGED or CHAMPION_CHANGED; the approvals are
   *     void then
   * @throws Forbidden SEPARATION_OF_DUTIES when approvers and trainer are not different people
   * @throws org.balsam.kernel.ExternalFailure NOT_SEALED, worth a retry, while an approval is not
   *     in the audit tree
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var training = rows.lock(command.training);
    approved.require(training, command.evidence);
    try {
      bind(training, command.evidence);
    } catch (Rejection changed) {
      approved.refuse(training, changed);
      throw changed;
    }
    trail.record(
        AuditEntry.done("training.approval.verified", training.project, training.id)
            .with("evidence", command.evidence)
            .with("artefact", String.valueOf(training.artefact))
            .with(
                "approvals",
                List.of(
                    Objects.requireNonNull(training.reviewEvent),
                    Objects.requireNonNull(training.approvalEvent))));
  }

  private void bind(TrainingEntity training, String evidence) {
    var review = approval(training, TrainingDecisionRules.REVIEW, evidence);
    var approval = approval(training, TrainingDecisionRules.APPROVE_PRODUCTION, evidence);
    var people = Set.of(review.actor(), approval.actor(), training.requestedBy);
    if (review.actor().equals(approval.actor()) || people.size() < 3) {
      throw new Forbidden(
          ErrorCode.SEPARATION_OF_DUTIES,
          "training %s was asked for by %s, reviewed by %s and approved by %s; these must be three"
                  .formatted(training.id, training.requestedBy, review.actor(), approval.actor())
              + " people");
    }
    approvals.requireInclusion(review.id());
    approvals.requireInclusion(approval.id());
    training.reviewEvent = review.id();
    training.approvalEvent = approval.id();
  }

  private ApprovalTrail.Completion approval(
      TrainingEntity training, String activity, String evidence) {
    var since = since(training);
    var decision =
        decisions
            .findFirstByTrainingAndActivityAndDecidedAtAfterOrderByIdDesc(
                training.id, activity, since)
            .filter(newest -> newest.decision.equals(TrainingDecisionRules.APPROVE))
            .filter(newest -> evidence.equals(newest.evidence))
            .orElseThrow(() -> ApprovedCandidate.changed("no %s approved this evidence", activity));
    return approvals
        .newest(training.projectId(), training.id, activity, since)
        .filter(event -> event.actor().equals(decision.actor))
        .orElseThrow(
            () ->
                ApprovedCandidate.changed(
                    "the audit trail has no completion of %s by %s", activity, decision.actor));
  }

  private static Instant since(TrainingEntity training) {
    return Objects.requireNonNull(training.approvalsVoidedAt, "the gate was made");
  }
}
