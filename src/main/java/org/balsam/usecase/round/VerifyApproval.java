package org.balsam.usecase.round;

import java.time.Clock;
import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepBook;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Verifies, right before publication, that what was approved is what will be published: the same
 * evidence, the same bytes, and two approvals by different people whose audit events are sealed.
 */
@Component
public class VerifyApproval {

  private final RoundRows rows;
  private final StepBook book;
  private final CheckRepository checks;
  private final ModelsInUse models;
  private final AnnouncementRepository announcements;
  private final Approvals approvals;
  private final EvidenceFacts facts;
  private final ObjectStore store;
  private final AuditTrail trail;
  private final Clock clock;

  VerifyApproval(
      RoundRows rows,
      StepBook book,
      CheckRepository checks,
      ModelsInUse models,
      AnnouncementRepository announcements,
      Approvals approvals,
      EvidenceFacts facts,
      ObjectStore store,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.book = book;
    this.checks = checks;
    this.models = models;
    this.announcements = announcements;
    this.approvals = approvals;
    this.facts = facts;
    this.store = store;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to verify.
   *
   * @param evidence sha256 that the process carries since the check
   */
  public record Command(RoundId round, String evidence) {}

  /**
   * Verifies it.
   *
   * @throws Rejection EVIDENCE_CHANGED when evidence, bytes or approvals differ; the approvals are
   *     void then. WRONG_STATE before the announced moment.
   * @throws Forbidden SEPARATION_OF_DUTIES when one person approved both
   * @throws ExternalFailure NOT_SEALED, worth a retry, while an approval is not in the audit tree
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var round = rows.lock(command.round);
    var run = rows.newestRun(round);
    requireMoment(round);
    try {
      requireSame(command, run);
      var both = approvals.of(round, run);
      round.reviewEvent = both.review();
      round.releaseEvent = both.release();
    } catch (Rejection changed) {
      refuse(round, changed);
      throw changed;
    }
    trail.record(
        AuditEntry.done("round.approval.verified", round.project, round.id)
            .with("evidence", command.evidence)
            .with("approvals", List.of(round.reviewEvent, round.releaseEvent)));
  }

  private void requireMoment(RoundEntity round) {
    var announced =
        announcements
            .findFirstByRoundOrderByNumberDesc(round.id)
            .orElseThrow(
                () ->
                    new Rejection(
                        ErrorCode.WRONG_STATE, "round " + round.id + " was never announced"));
    if (clock.instant().isBefore(announced.releaseAt)) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "round %s is announced for %s and is not published earlier"
              .formatted(round.id, announced.releaseAt));
    }
  }

  private void requireSame(Command command, RunEntity run) {
    var recomputed = Sha256.of(facts.of(run)).value();
    if (!recomputed.equals(command.evidence) || !recomputed.equals(run.evidence)) {
      throw changed("its facts give " + recomputed + ", approved was " + command.evidence);
    }
    models.requireSeen(run);
    try {
      Manifest.read(store, run.inputs());
      book.outputs(run.id).forEach(output -> output.content().verify(store));
    } catch (Rejection | NotFound different) {
      throw changed(different.getMessage());
    }
    checks.findByRunOrderByPositionAsc(run.id).stream()
        .filter(CheckEntity::open)
        .findFirst()
        .ifPresent(
            check -> {
              throw changed("check " + check.name + " is neither explained nor waived");
            });
  }

  private void refuse(RoundEntity round, Rejection changed) {
    round.voidApprovals(clock.instant());
    trail.recordSeparately(
        AuditEntry.refused("round.approval.voided", round.project, round.id, changed.getMessage())
            .with("code", changed.code().code()));
  }

  static Rejection changed(String what) {
    return new Rejection(
        ErrorCode.EVIDENCE_CHANGED,
        "the round is no longer what was approved: " + what + "; the approvals are void");
  }
}
