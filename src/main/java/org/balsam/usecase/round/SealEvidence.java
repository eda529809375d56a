package org.balsam.usecase.round;

import java.time.Instant;
import java.time.ZoneOffset;
import org.balsam.audit.ApprovalTrail;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.standard.step.SealedArchive;
import org.balsam.standard.step.WorkDocuments;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Packs the evidence of a released round into one archive that an outsider can check without
 * Balsam, and forbids its deletion.
 */
@Component
public class SealEvidence {

  private final RoundRows rows;
  private final EvidenceBundle bundle;
  private final ApprovalTrail approvals;
  private final SealedArchive archive;
  private final RoundProperties properties;
  private final AuditTrail trail;

  SealEvidence(
      RoundRows rows,
      EvidenceBundle bundle,
      ApprovalTrail approvals,
      SealedArchive archive,
      RoundProperties properties,
      AuditTrail trail) {
    this.rows = rows;
    this.bundle = bundle;
    this.approvals = approvals;
    this.archive = archive;
    this.properties = properties;
    this.trail = trail;
  }

  /** Which round. */
  public record Command(RoundId round) {}

  /**
   * Seals it, once; an archive that an attempt before a crash has stored is taken as it is.
   *
   * @throws Rejection WRONG_STATE when the round is not released
   * @throws ExternalFailure NOT_SEALED, worth a retry, while the release is not in the audit tree
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var round = rows.lock(command.round);
    if (round.bundle != null) {
      return;
    }
    if (round.releasedAt == null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "round " + round.id + " is not released; there is nothing to seal");
    }
    var release =
        approvals.requireInclusion(command.round.project(), round.id, MarkReleased.RELEASED);
    var key =
        RoundDocuments.key(command.round, "evidence/" + EvidenceBundle.fileName(command.round));
    var until = until(round.releasedAt);
    var stored =
        archive.seal(
            command.round.project(), key, until, file -> bundle.write(round, release, file));
    round.bundle = WorkDocuments.reference(stored).toString();
    trail.record(
        AuditEntry.done("round.evidence.sealed", round.project, round.id)
            .with("bundle", round.bundle)
            .with("bytes", stored.size())
            .with("retainedUntil", until.toString()));
  }

  private Instant until(Instant releasedAt) {
    return releasedAt.atOffset(ZoneOffset.UTC).plus(properties.evidenceRetention()).toInstant();
  }
}
