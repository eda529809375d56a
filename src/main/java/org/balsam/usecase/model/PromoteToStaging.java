package org.balsam.usecase.model;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.forge.Forge;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts a reviewed candidate into the staging environment: tag and environment file. */
@Component
public class PromoteToStaging {

  private final TrainingRows rows;
  private final ApprovedCandidate approved;
  private final EnvironmentFiles environments;
  private final Forge forge;
  private final AuditTrail trail;
  private final Clock clock;

  PromoteToStaging(
      TrainingRows rows,
      ApprovedCandidate approved,
      EnvironmentFiles environments,
      Forge forge,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.approved = approved;
    this.environments = environments;
    this.forge = forge;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to promote.
   *
   * @param evidence sha256 that the review was bound to
   */
  public record Command(TrainingId training, String evidence) {}

  /**
   * Promotes it; repeating it changes nothing.
   *
   * @throws Rejection EVIDENCE_CHANGED, ARTEFACT_CHANGED or CHAMPION_CHANGED when it is no longer
   *     what was reviewed; the review is void then
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var training = rows.lock(command.training);
    approved.require(training, command.evidence);
    var version = training.candidateId();
    forge.ensureTag(
        training.projectId(),
        version.tag(),
        training.commit(),
        "Model " + version,
        EnvironmentFiles.BALSAM);
    var commit =
        environments.set(
            training, "staging", version, new Sha256(String.valueOf(training.artefact)));
    if (training.stagedAt == null) {
      training.stagedAt = clock.instant();
      trail.record(
          AuditEntry.done("training.staged", training.project, training.id)
              .with("candidate", version.value())
              .with("tag", version.tag())
              .with("commit", commit)
              .with("evidence", command.evidence));
    }
  }
}
