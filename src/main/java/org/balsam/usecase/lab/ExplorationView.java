package org.balsam.usecase.lab;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ProjectId;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.gate.ResourceApproval;
import org.jspecify.annotations.Nullable;

/**
 * An exploration as shown.
 *
 * @param template what its workspace is made from
 * @param templateVersion null, as the digest of its files, of one from before there was a catalogue
 * @param network {@code offline}, {@code internal} or {@code internet}
 * @param endDate the last day of the workspace, UTC
 * @param approval who had to approve; null before the table was asked
 * @param decidedBy who approved or rejected; null where nobody had to
 * @param commit where the lab branch began; null before
 * @param outcome null until it is decided
 * @param archived whether there is an archive to fetch
 * @param endReason why it was refused, withdrawn or ended; null before
 */
public record ExplorationView(
    ExplorationId id,
    ProjectId project,
    String title,
    String purpose,
    List<DatasetVersionId> datasets,
    HardwareProfile hardware,
    String template,
    @Nullable String templateVersion,
    @Nullable String templateDigest,
    String network,
    LocalDate endDate,
    ExplorationState state,
    Instant stateSince,
    String requestedBy,
    Instant requestedAt,
    @Nullable ResourceApproval approval,
    @Nullable String approvalReason,
    @Nullable String decidedBy,
    int renewals,
    String workspace,
    String branch,
    @Nullable String commit,
    @Nullable Outcome outcome,
    @Nullable String outcomeReason,
    @Nullable String outcomeBy,
    @Nullable String transferredTo,
    boolean archived,
    @Nullable String endReason) {

  static ExplorationView of(ExplorationEntity row) {
    return new ExplorationView(
        row.explorationId(),
        row.explorationId().project(),
        row.title,
        row.purpose,
        row.versions(),
        row.hardware,
        row.madeFrom(),
        row.templateVersion,
        row.templateDigest,
        row.network.name().toLowerCase(Locale.ROOT),
        row.endDate,
        row.state,
        row.stateSince,
        row.requestedBy,
        row.requestedAt,
        row.approval,
        row.approvalReason,
        row.decidedBy,
        row.renewals,
        row.workspace,
        row.branch,
        row.commitId,
        row.outcome,
        row.outcomeReason,
        row.outcomeBy,
        row.transferredTo,
        row.archive != null,
        row.endReason);
  }
}
