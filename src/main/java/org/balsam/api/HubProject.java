package org.balsam.api;

import java.time.Instant;
import java.util.List;
import org.balsam.kernel.Classification;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.platform.storage.StorageStanding;
import org.balsam.usecase.lab.BranchView;
import org.balsam.usecase.project.ProjectState;
import org.balsam.usecase.project.ProjectView;
import org.jspecify.annotations.Nullable;

/**
 * A project as clients of Balsam and of the BALSAM hub read it.
 *
 * @param description the purpose, by the hub's name for it
 * @param owner the accountable person's id
 * @param ownerName what that person is called; null where the directory does not know it or does
 *     not answer, and in the list for clients of the hub
 * @param decidedBy who approved or rejected it; null before
 * @param reason why it was rejected, failed or given up; null otherwise
 * @param storage how much it stores and may; null in lists
 * @param version counts changes made by people; the entity tag
 * @param gitUrl where its people clone the repository from; null before it is active, and while the
 *     forge does not answer
 * @param authGroup the group of its people
 * @param branches those that people work on, the default one first; none before it is active
 */
record HubProject(
    ProjectId id,
    String name,
    String purpose,
    String description,
    String template,
    String owner,
    @Nullable String ownerName,
    Classification classification,
    ProjectKind kind,
    ProjectState state,
    String requestedBy,
    Instant requestedAt,
    @Nullable String decidedBy,
    @Nullable String reason,
    @Nullable StorageStanding storage,
    long version,
    @Nullable String gitUrl,
    String authGroup,
    List<HubBranch> branches) {

  /** A branch of a project. */
  record HubBranch(
      String id, String name, String description, boolean isDefault, String gitBranch) {
    static HubBranch of(BranchView branch, String nameOfDefault) {
      return new HubBranch(
          branch.id(),
          branch.isDefault() ? nameOfDefault : branch.name(),
          branch.description(),
          branch.isDefault(),
          branch.gitBranch());
    }
  }

  static HubProject of(
      ProjectView project,
      @Nullable String ownerName,
      Installation installation,
      List<BranchView> branches,
      @Nullable String gitUrl) {
    return new HubProject(
        project.id(),
        project.name(),
        project.purpose(),
        project.purpose(),
        project.template(),
        project.owner(),
        ownerName,
        project.classification(),
        project.kind(),
        project.state(),
        project.requestedBy(),
        project.requestedAt(),
        project.decidedBy(),
        project.reason(),
        project.storage(),
        project.version(),
        gitUrl,
        "/%s/%s/%s".formatted(installation.organisation(), project.kind().value(), project.id()),
        branches.stream().map(branch -> HubBranch.of(branch, project.branchName())).toList());
  }
}
