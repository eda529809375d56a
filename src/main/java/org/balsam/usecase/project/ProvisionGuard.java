package org.balsam.usecase.project;

import java.util.function.BooleanSupplier;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;

/** Runs a step of an onboarding, or undoes it, while nobody else touches the project. */
@Component
class ProvisionGuard {

  private final ProjectRepository projects;
  private final ProvisionLedger ledger;

  ProvisionGuard(ProjectRepository projects, ProvisionLedger ledger) {
    this.projects = projects;
    this.ledger = ledger;
  }

  /**
   * Begins a step. The project stays locked until the transaction ends.
   *
   * @param foreign whether what the step makes is there already, made by somebody else
   * @throws Rejection ALREADY_EXISTS when it is, WRONG_STATE unless the project is provisioning
   */
  ProjectEntity begin(ProjectId id, ProvisionStep step, BooleanSupplier foreign) {
    var project = projects.locked(id);
    project.require(ProjectState.PROVISIONING);
    if (!ledger.hasBegun(id, step)) {
      if (foreign.getAsBoolean()) {
        throw new Rejection(
            ErrorCode.ALREADY_EXISTS,
            "the %s of '%s' exists and was not made by this project; remove it or choose another id"
                .formatted(step.name().toLowerCase(java.util.Locale.ROOT), id));
      }
      ledger.begin(id, step);
    }
    return project;
  }

  /** Undoes a step that may have had an effect. The project stays locked. */
  void undo(ProjectId id, ProvisionStep step, Runnable removal) {
    projects.locked(id);
    if (ledger.hasBegun(id, step)) {
      removal.run();
      ledger.undone(id, step);
    }
  }
}
