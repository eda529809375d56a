package org.balsam.usecase.lab;

import java.util.ArrayList;
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
   * Begins it, or what is left of an earlier attempt, which is removed first. Both ids that the
   * name may have are locked, so that of requests at the same moment each gets its own.
   *
   * @return the branch with its id, which is the name's own unless a branch of another name has it
   * @throws Rejection ALREADY_EXISTS when the name is taken, LIMIT_EXCEEDED for more than 100
   */
  BranchLedger.Row begin(CreateBranch.Command command) {
    var row = command.row(free(command));
    var before = ledger.find(command.project(), row.id());
    if (before.isEmpty()) {
      refuseForeign(command.project(), row.id());
      refuseTooMany(command.project());
    } else {
      remains.remove(command.project(), row.id());
    }
    ledger.begin(row);
    return row;
  }

  private String free(CreateBranch.Command command) {
    var free = new ArrayList<String>();
    for (var id : BranchNames.candidates(command.name())) {
      ledger.lock(command.project(), id);
      var before = ledger.find(command.project(), id).orElse(null);
      if (isReady(before) && before.name().equals(command.name())) {
        throw exists(command.name());
      }
      if (!isReady(before)) {
        free.add(id);
      }
    }
    if (isDefault(BranchNames.id(command.name()), command.nameOfDefault())) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "'%s' reads like the default branch; choose another name".formatted(command.name()));
    }
    if (free.isEmpty()) {
      throw exists(command.name());
    }
    return free.get(0);
  }

  private static Rejection exists(String name) {
    return new Rejection(
        ErrorCode.ALREADY_EXISTS, "the branch '" + name + "' exists; choose another name");
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
