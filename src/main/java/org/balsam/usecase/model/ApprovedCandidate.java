package org.balsam.usecase.model;

import java.time.Clock;
import java.util.Objects;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelRegistry;
import org.springframework.stereotype.Component;

/** Demands that a candidate still is what was approved; otherwise the approvals are void. */
@Component
class ApprovedCandidate {

  private final ModelRegistry registry;
  private final TrainingDecisionRules rules;
  private final AuditTrail trail;
  private final Clock clock;

  ApprovedCandidate(
      ModelRegistry registry, TrainingDecisionRules rules, AuditTrail trail, Clock clock) {
    this.registry = registry;
    this.rules = rules;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Demands the same bytes, evidence, verdicts and champion.
   *
   * @throws Rejection ARTEFACT_CHANGED, EVIDENCE_CHANGED or CHAMPION_CHANGED naming what is
   *     different
   */
  void require(TrainingEntity training, String evidence) {
    try {
      requireSame(training, evidence);
    } catch (Rejection changed) {
      refuse(training, changed);
      throw changed;
    }
  }

  /** Takes the approvals back, for the record. */
  void refuse(TrainingEntity training, Rejection changed) {
    training.voidApprovals(clock.instant());
    trail.recordSeparately(
        AuditEntry.refused(
                "training.approval.voided", training.project, training.id, changed.getMessage())
            .with("code", changed.code().code()));
  }

  private void requireSame(TrainingEntity training, String evidence) {
    var version = training.candidateId();
    registry.verify(training.projectId(), version);
    var kept = registry.find(training.projectId(), version).orElseThrow();
    if (!kept.artefact().value().equals(training.artefact)) {
      throw new Rejection(
          ErrorCode.ARTEFACT_CHANGED,
          "%s has the artefact %s, approved was %s; the approvals are void"
              .formatted(version, kept.artefact(), training.artefact));
    }
    if (kept.evidence() == null
        || !kept.evidence().value().equals(evidence)
        || !evidence.equals(training.evidence)) {
      throw changed("%s has the evidence %s, approved was %s", version, kept.evidence(), evidence);
    }
    if (rules.newest(training).stream().anyMatch(TrainingCheckEntity::blocks)) {
      throw changed("a check blocks %s and is not waived", version);
    }
    requireChampion(training);
  }

  private void requireChampion(TrainingEntity training) {
    var champion =
        registry
            .alias(training.projectId(), training.modelName(), Alias.CHAMPION)
            .map(version -> version.id().value())
            .orElse(null);
    if (!Objects.equals(champion, training.champion)
        && !Objects.equals(champion, training.candidate)) {
      throw new Rejection(
          ErrorCode.CHAMPION_CHANGED,
          "%s was compared with champion %s, but %s is champion now; the approvals are void"
              .formatted(training.candidate, training.champion, champion));
    }
  }

  static Rejection changed(String text, Object... facts) {
    return new Rejection(
        ErrorCode.EVIDENCE_CHANGED, text.formatted(facts) + "; the approvals are void");
  }
}
