package org.balsam.usecase.round;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.template.DatasetRef;
import org.balsam.standard.template.ProjectFiles;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Marks a round's figures as released (GSBPM 7.3): tag, state, and the event that proves it. */
@Component
public class MarkReleased {

  /** The action of the event that proves a release. */
  static final String RELEASED = "round.released";

  private static final Forge.Author BALSAM = new Forge.Author("Balsam", "balsam@balsam.invalid");

  private final RoundRows rows;
  private final StepBook book;
  private final Approvals approvals;
  private final ProjectFiles files;
  private final Forge forge;
  private final ObjectStore store;
  private final AuditTrail trail;
  private final Clock clock;

  MarkReleased(
      RoundRows rows,
      StepBook book,
      Approvals approvals,
      ProjectFiles files,
      Forge forge,
      ObjectStore store,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.book = book;
    this.approvals = approvals;
    this.files = files;
    this.forge = forge;
    this.store = store;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What was released.
   *
   * @param releaseSet reference of the manifest of all released objects
   */
  public record Command(RoundId round, String releaseSet) {}

  /**
   * Marks it, once.
   *
   * @throws Rejection WRONG_STATE when the approvals were not verified, EVIDENCE_CHANGED when the
   *     released bytes are not the approved ones
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var round = rows.lock(command.round);
    if (round.releasedAt != null) {
      return;
    }
    if (round.reviewEvent == null || round.releaseEvent == null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE, "the approvals of round " + round.id + " are not verified");
    }
    var run = rows.newestRun(round);
    requireApproved(command, run);
    var tag = command.round.releaseTag();
    forge.ensureTag(command.round.project(), tag, run.commitId, "Release of " + round.id, BALSAM);
    round.releaseSet = command.releaseSet;
    round.releasedAt = clock.instant();
    round.enter(RoundState.RELEASED, round.releasedAt);
    trail.record(
        AuditEntry.done(RELEASED, round.project, round.id)
            .with(
                "approvals",
                List.of(approvals.confirmation(round), round.reviewEvent, round.releaseEvent))
            .with("evidence", String.valueOf(run.evidence))
            .with("outputSet", String.valueOf(run.outputSet))
            .with("releaseSet", command.releaseSet)
            .with("commit", run.commitId)
            .with("tag", tag));
  }

  private void requireApproved(Command command, RunEntity run) {
    var released =
        Manifest.read(store, Manifest.Reference.parse(command.releaseSet)).entries().stream()
            .map(entry -> entry.fileName() + " " + entry.sha256())
            .collect(Collectors.toSet());
    var approved = approved(run);
    if (!released.equals(approved)) {
      throw VerifyApproval.changed("approved were " + approved + ", released were " + released);
    }
  }

  private Set<String> approved(RunEntity run) {
    var datasets =
        files.at(run.roundId().project(), run.commitId).release().stream()
            .map(DatasetRef::value)
            .toList();
    return book.outputs(run.id).stream()
        .filter(output -> datasets.contains(output.dataset()))
        .map(output -> output.file() + " " + output.sha256().value())
        .collect(Collectors.toSet());
  }
}
