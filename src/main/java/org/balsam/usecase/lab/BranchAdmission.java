package org.balsam.usecase.lab;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides whether a branch may be made, and notes that it is being made. */
@Component
class BranchAdmission {

  private static final int MOST = 100;

  private final BranchLedger ledger;
  private final BranchRemains remains;
  private final Forge forge;

  BranchAdmission(BranchLedger ledger, BranchRemains remains, Forge forge) {
    this.ledger = ledger;
    this.remains = remains;
    this.forge = forge;
  }

  /**
   * Begins it, or what is left of an earlier attempt, which is removed first. The branch is locked.
   *
   * @throws Rejection ALREADY_EXISTS when the name is taken, LIMIT_EXCEEDED for more than 100
   */
  void begin(ProjectId project, BranchLedger.Row row, String nameOfDefault) {
    var before = ledger.find(project, row.id()).orElse(null);
    if (isDefault(row.id(), nameOfDefault) || isReady(before)) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "the branch '%s' exists%s; choose another name"
              .formatted(row.id(), before == null ? "" : " under the name " + before.name()));
    }
    if (before == null) {
      refuseForeign(project, row.id());
      refuseTooMany(project);
    } else {
      remains.remove(project, row.id());
    }
    ledger.begin(row);
  }

  private static boolean isDefault(String id, String nameOfDefault) {
    return id.equals(BranchNames.MAIN) || id.equals(BranchNames.id(nameOfDefault));
  }

  private static boolean isReady(BranchLedger.@Nullable Row row) {
    return row != null && row.state() == BranchLedger.State.READY;
  }

  private void refuseForeign(ProjectId project, String id) {
    if (forge.refs(project).containsKey("refs/heads/" + BranchNames.git(id))) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "the repository has a branch %s that somebody made with Git; choose another name"
              .formatted(BranchNames.git(id)));
    }
  }

  private void refuseTooMany(ProjectId project) {
    if (ledger.count(project) >= MOST) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED,
          "the project has %d branches, which is as many as it may have; delete one first"
              .formatted(MOST));
    }
  }
}
