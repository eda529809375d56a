package org.balsam.usecase.model;

import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes into the project's repository which version is in use after a roll-back. */
@Component
public class CommitChampion {

  private final RollbackRepository rollbacks;
  private final ChampionFile file;

  CommitChampion(RollbackRepository rollbacks, ChampionFile file) {
    this.rollbacks = rollbacks;
    this.file = file;
  }

  /** After which roll-back. */
  public record Command(RollbackId rollback) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var row = rollbacks.locked(command.rollback());
    var restored = row.state == RollbackState.RESTORED;
    var version = restored ? row.champion : row.target;
    var by = row.decidedBy == null ? row.requestedBy : row.decidedBy;
    file.ensure(
        row.project(),
        row.champion().model(),
        by,
        (restored ? "revert: restore " : "revert: roll back to ") + version + " (" + row.id + ")");
  }
}
