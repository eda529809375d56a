package org.balsam.usecase.model;

import java.time.ZoneOffset;
import org.balsam.audit.ApprovalTrail;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.step.SealedArchive;
import org.balsam.standard.step.WorkDocuments;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Packs the evidence of a promotion into one archive that an outsider can check without Balsam, and
 * forbids its deletion.
 */
@Component
public class SealTrainingEvidence {

  private final TrainingRows rows;
  private final TrainingBundle bundle;
  private final ApprovalTrail approvals;
  private final SealedArchive archive;
  private final TrainingProperties properties;
  private final AuditTrail trail;

  SealTrainingEvidence(
      TrainingRows rows,
      TrainingBundle bundle,
      ApprovalTrail approvals,
      SealedArchive archive,
      TrainingProperties properties,
      AuditTrail trail) {
    this.rows = rows;
    this.bundle = bundle;
    this.approvals = approvals;
    this.archive = archive;
    this.properties = properties;
    this.trail = trail;
  }

  /** Which training. */
  public record Command(TrainingId training) {}

  /**
   * Seals it, once; an archive that an attempt before a crash has stored is taken as it is.
   *
   * @throws Rejection WRONG_STATE when the candidate is not promoted
   * @throws ExternalFailure NOT_SEALED, worth a retry, while the promotion is not in the audit tree
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var training = rows.lock(command.training);
    if (training.bundle != null) {
      return;
    }
    if (training.promotedAt == null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "training " + training.id + " is not promoted; there is nothing to seal");
    }
    var promotion =
        approvals.requireInclusion(training.projectId(), training.id, PromoteToProduction.PROMOTED);
    var key =
        TrainingDocuments.key(
            command.training, "evidence/" + TrainingBundle.fileName(command.training));
    var until =
        training
            .promotedAt
            .atOffset(ZoneOffset.UTC)
            .plus(properties.evidenceRetention())
            .toInstant();
    var stored =
        archive.seal(
            training.projectId(), key, until, file -> bundle.write(training, promotion, file));
    training.bundle = WorkDocuments.reference(stored).toString();
    trail.record(
        AuditEntry.done("training.evidence.sealed", training.project, training.id)
            .with("bundle", training.bundle)
            .with("bytes", stored.size())
            .with("retainedUntil", until.toString()));
  }
}
