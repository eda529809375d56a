package org.balsam.usecase.model;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.Promotion;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes the approved candidate the champion: an alias move bound to exactly what was approved. */
@Component
public class PromoteToProduction {

  /** The audit action that tells of a promotion, with the approvals that it had. */
  static final String PROMOTED = "training.promoted";

  private final TrainingRows rows;
  private final TrainedModels models;
  private final ApprovedCandidate approved;
  private final EnvironmentFiles environments;
  private final ModelRegistry registry;
  private final AuditTrail trail;
  private final Clock clock;

  PromoteToProduction(
      TrainingRows rows,
      TrainedModels models,
      ApprovedCandidate approved,
      EnvironmentFiles environments,
      ModelRegistry registry,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.models = models;
    this.approved = approved;
    this.environments = environments;
    this.registry = registry;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to promote.
   *
   * @param evidence sha256 that the approvals are bound to
   */
  public record Command(TrainingId training, String evidence) {}

  /**
   * Promotes it, once.
   *
   * @throws Rejection WRONG_STATE when the approvals were not verified; ARTEFACT_CHANGED,
   *     EVIDENCE_CHANGED or CHAMPION_CHANGED when it is no longer what was approved
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var training = rows.lock(command.training);
    if (training.promotedAt != null) {
      return;
    }
    if (training.reviewEvent == null || training.approvalEvent == null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE, "the approvals of training " + training.id + " are not verified");
    }
    var promotion = promotion(training, command.evidence);
    try {
      registry.promote(promotion);
    } catch (Rejection changed) {
      approved.refuse(training, changed);
      throw changed;
    }
    var commit =
        environments.set(training, "production", promotion.version(), promotion.artefact());
    training.promotedAt = clock.instant();
    trail.record(
        AuditEntry.done(PROMOTED, training.project, training.id)
            .with("version", promotion.version().value())
            .with("artefact", promotion.artefact().value())
            .with("evidence", command.evidence)
            .with("champion", String.valueOf(training.champion))
            .with("rollback", String.valueOf(promotion.rollbackTarget()))
            .with("approvals", List.of(training.reviewEvent, training.approvalEvent))
            .with("tag", promotion.version().tag())
            .with("commit", commit));
  }

  private Promotion promotion(TrainingEntity training, String evidence) {
    return new Promotion(
        training.id + "/promote",
        training.projectId(),
        training.candidateId(),
        new Sha256(Objects.requireNonNull(training.artefact)),
        new Sha256(evidence),
        training.championId(),
        target(training));
  }

  private @Nullable ModelVersionId target(TrainingEntity training) {
    var named = GateEvidence.rollback(models.of(training), training.champion);
    return named == null ? null : ModelVersionId.parse(named);
  }
}
