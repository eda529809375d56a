package org.balsam.usecase.lab;

import java.util.stream.Collectors;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes a branch that people worked on, with its folder. */
@Component
public class DeleteBranch {

  private final BranchLedger ledger;
  private final BranchRemains remains;
  private final ExplorationRepository explorations;
  private final Forge forge;
  private final AuditTrail trail;

  DeleteBranch(
      BranchLedger ledger,
      BranchRemains remains,
      ExplorationRepository explorations,
      Forge forge,
      AuditTrail trail) {
    this.ledger = ledger;
    this.remains = remains;
    this.explorations = explorations;
    this.forge = forge;
    this.trail = trail;
  }

  /** Which branch. */
  public record Command(ProjectId project, String branch, Actor actor) {}

  /**
   * Removes it; who made it and the project's owner may. Its last commit is in the trail, the
   * versions of its objects stay. One that a crash left half removed is removed by repeating it.
   *
   * @throws org.balsam.kernel.NotFound when there is no such branch
   * @throws org.balsam.kernel.Forbidden for everybody else
   * @throws Rejection REF_PROTECTED for the default branch, WRONG_STATE while a workspace belongs
   *     to it
   */
  @Transactional
  public void handle(Command command) {
    var project = command.project;
    command.actor.requireAny(project, OpenExplorations.EXPLORERS);
    if (command.branch.equals(BranchNames.MAIN)) {
      throw new Rejection(
          ErrorCode.REF_PROTECTED, "the default branch stays as long as the project");
    }
    ledger.lock(project, command.branch);
    var row =
        ledger
            .find(project, command.branch)
            .orElseThrow(() -> Branches.unknown(project, command.branch));
    if (!row.madeBy().equals(command.actor.id())) {
      command.actor.requireAny(project, Role.OWNER);
    }
    refuseInUse(project, row.id());
    var last =
        row.lastCommit() != null
            ? row.lastCommit()
            : forge.resolve(project, BranchNames.git(row.id())).orElse("");
    ledger.beginRemoval(project, row.id(), last);
    remains.remove(project, row.id());
    ledger.remove(project, row.id());
    trail.record(
        AuditEntry.done("project.branch-deleted", row.project(), row.id()).with("commit", last));
  }

  private void refuseInUse(ProjectId project, String branch) {
    var workspaces =
        explorations.unfinished(project).stream()
            .filter(exploration -> branch.equals(exploration.baseBranch))
            .filter(exploration -> BranchWorkspaces.USABLE.contains(exploration.state))
            .map(exploration -> exploration.workspace)
            .sorted()
            .collect(Collectors.joining(", "));
    if (!workspaces.isEmpty()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "workspaces belong to the branch %s: %s; end them first".formatted(branch, workspaces));
    }
  }
}
