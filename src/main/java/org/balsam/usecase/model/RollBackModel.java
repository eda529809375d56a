package org.balsam.usecase.model;

import org.balsam.kernel.Rejection;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.Rollback;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Moves the alias champion to the target of a roll-back. */
@Component
public class RollBackModel {

  private final RollbackRepository rollbacks;
  private final ModelRegistry registry;

  RollBackModel(RollbackRepository rollbacks, ModelRegistry registry) {
    this.rollbacks = rollbacks;
    this.registry = registry;
  }

  /** Which. */
  public record Command(RollbackId rollback) {}

  /**
   * Does it; repeating it moves nothing more.
   *
   * @throws Rejection CHAMPION_CHANGED, ARTEFACT_CHANGED or WRONG_STATE when the facts are no
   *     longer those that were decided on
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var row = rollbacks.locked(command.rollback());
    row.requireApproval();
    registry.rollback(new Rollback(row.id, row.project(), row.champion(), row.target()));
    if (row.emergency) {
      row.enter(RollbackState.IN_FORCE, RollbackState.REQUESTED);
    }
  }
}
