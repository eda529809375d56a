package org.balsam.usecase.lab;

import static org.balsam.usecase.lab.BranchLedger.State.MAKING;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.ShownText;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes a branch to work on: a Git branch {@code work/…} and a folder in the bucket. */
@Component
public class CreateBranch {

  private final BranchAdmission admission;
  private final BranchLedger ledger;
  private final BranchRemains remains;
  private final Branches branches;
  private final Forge forge;
  private final ObjectStore store;
  private final BucketNames buckets;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  CreateBranch(
      BranchAdmission admission,
      BranchLedger ledger,
      BranchRemains remains,
      Branches branches,
      Forge forge,
      ObjectStore store,
      BucketNames buckets,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.admission = admission;
    this.ledger = ledger;
    this.remains = remains;
    this.branches = branches;
    this.forge = forge;
    this.store = store;
    this.buckets = buckets;
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * What to make.
   *
   * @param name one line of at most 100 characters
   * @param description at most 2000 characters
   * @param from the id of the branch that it begins at
   * @param nameOfDefault how the default branch is shown, so that no other looks like it
   */
  public record Command(
      ProjectId project,
      String name,
      String description,
      String from,
      String nameOfDefault,
      Actor actor) {

    public Command {
      name = ShownText.line("name", name, 1, 100);
      description = ShownText.check("description", description, 0, 2000);
    }

    BranchLedger.Row row(String id) {
      return new BranchLedger.Row(project.value(), id, name, description, MAKING, actor.id(), null);
    }
  }

  /** What was made. */
  public record Result(BranchView branch) {}

  /**
   * Makes it whole or not at all. One that a crash left half made is completed by the next request
   * for its name.
   *
   * @throws NotFound for a project that the actor is no member of, or an unknown {@code from}
   * @throws org.balsam.kernel.Forbidden for roles that do not explore
   * @throws Rejection ALREADY_EXISTS when the name is taken, LIMIT_EXCEEDED for more than 100
   */
  public Result handle(Command command) {
    command.actor.requireAny(command.project, OpenExplorations.EXPLORERS);
    var from = branches.start(command.project, command.from);
    try {
      return new Result(transaction.execute(status -> make(command, from)).view());
    } catch (RuntimeException trouble) {
      undo(command, trouble);
      throw trouble;
    }
  }

  private BranchLedger.Row make(Command command, BranchView from) {
    var start = tip(from);
    var row = admission.begin(command);
    forge.ensureBranch(command.project, BranchNames.git(row.id()), start);
    store.put(
        buckets.of(command.project, "work"),
        BranchNames.folder(row.id()) + ".branch",
        new ByteArrayInputStream(row.id().getBytes(StandardCharsets.UTF_8)),
        Map.of());
    ledger.ready(command.project, row.id());
    trail.record(
        AuditEntry.done("project.branch-created", row.project(), row.id())
            .with("from", from.id())
            .with("commit", start));
    return row;
  }

  private String tip(BranchView from) {
    return forge
        .resolve(from.project(), from.gitBranch())
        .orElseThrow(() -> Branches.unknown(from.project(), from.id()));
  }

  /** Leaves nothing behind; where that fails, too, the ledger knows what the next one removes. */
  private void undo(Command command, RuntimeException trouble) {
    try {
      transaction.executeWithoutResult(
          status -> BranchNames.candidates(command.name).forEach(id -> undo(command.project, id)));
    } catch (RuntimeException more) {
      trouble.addSuppressed(more);
    }
  }

  private void undo(ProjectId project, String id) {
    ledger.lock(project, id);
    if (ledger.find(project, id).filter(row -> row.state() == MAKING).isPresent()) {
      remains.remove(project, id);
      ledger.remove(project, id);
    }
  }
}
