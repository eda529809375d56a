package org.balsam.usecase.project;

import java.time.Instant;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.platform.storage.StorageStanding;
import org.jspecify.annotations.Nullable;

/**
 * A project as shown.
 *
 * @param owner the accountable person's id
 * @param branchName how the default branch is shown
 * @param decidedBy who approved or rejected it; null before
 * @param reason why it was rejected, failed or given up; null otherwise
 * @param storage how much it stores and may; null in lists
 * @param version counts changes made by people; the entity tag
 */
public record ProjectView(
    ProjectId id,
    String name,
    String purpose,
    String template,
    String owner,
    Classification classification,
    String branchName,
    ProjectKind kind,
    ProjectState state,
    String requestedBy,
    Instant requestedAt,
    @Nullable String decidedBy,
    @Nullable String reason,
    long version,
    @Nullable StorageStanding storage) {

  ProjectView with(StorageStanding standing) {
    return new ProjectView(
        id,
        name,
        purpose,
        template,
        owner,
        classification,
        branchName,
        kind,
        state,
        requestedBy,
        requestedAt,
        decidedBy,
        reason,
        version,
        standing);
  }
}
