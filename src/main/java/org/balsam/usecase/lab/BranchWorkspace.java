package org.balsam.usecase.lab;

import java.net.URI;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as part of a branch.
 *
 * @param name the title of its exploration
 * @param template the id of its template
 * @param templateVersion null, as the digest of its files, of one from before there was a catalogue
 * @param branch the id of the branch that it belongs to
 * @param owner the person whose workspace it is
 * @param url where its service answers; null when none runs
 */
public record BranchWorkspace(
    String id,
    String name,
    String template,
    @Nullable String templateVersion,
    @Nullable String templateDigest,
    ProjectId project,
    String branch,
    String owner,
    ExplorationId exploration,
    ExplorationState state,
    @Nullable URI url) {

  static BranchWorkspace of(ExplorationEntity row, @Nullable URI url) {
    return new BranchWorkspace(
        row.workspace,
        row.title,
        row.madeFrom(),
        row.templateVersion,
        row.templateDigest,
        row.explorationId().project(),
        row.begunAt(),
        row.requestedBy,
        row.explorationId(),
        row.state,
        url);
  }
}
