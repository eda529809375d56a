package org.balsam.usecase.lab;

import java.util.Objects;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Demands of the lab branch what production needs, before anything is transferred. */
@Component
public class CheckDeliverables {

  private final ExplorationRepository explorations;
  private final Transfers transfers;
  private final Forge forge;
  private final AuditTrail trail;

  CheckDeliverables(
      ExplorationRepository explorations, Transfers transfers, Forge forge, AuditTrail trail) {
    this.explorations = explorations;
    this.transfers = transfers;
    this.forge = forge;
    this.trail = trail;
  }

  /** Whose deliverables. */
  public record Command(ExplorationId exploration) {}

  /**
   * What was checked.
   *
   * @param commit the tip of the lab branch
   * @param isNew whether the production project must be made first
   */
  public record Result(String commit, boolean isNew) {}

  /**
   * Checks them.
   *
   * @throws Rejection DELIVERABLES_MISSING, naming each that is not there
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    var tip =
        forge.ensureBranch(
            command.exploration.project(),
            exploration.branch,
            Objects.requireNonNull(exploration.commitId));
    var transfer = transfers.of(command.exploration, tip);
    exploration.transferredTo = transfer.project().value();
    trail.record(
        AuditEntry.done("exploration.transfer-checked", exploration.project, exploration.id)
            .with("commit", tip)
            .with("to", transfer.project().value()));
    return new Result(tip, transfer.isNew());
  }
}
