package org.balsam.usecase.lab;

import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.springframework.stereotype.Component;

/** Finds the exploration that a person wants something of. */
@Component
class OpenExplorations {

  /** Who may explore. */
  static final Role[] EXPLORERS = {Role.OWNER, Role.SUBJECT, Role.METHODOLOGY, Role.PRODUCTION};

  private final ExplorationRepository explorations;

  OpenExplorations(ExplorationRepository explorations) {
    this.explorations = explorations;
  }

  /**
   * The exploration, locked, when it can be worked in and the actor is who asked for it or the
   * project's owner.
   *
   * @throws Rejection WRONG_STATE when it cannot be worked in
   */
  ExplorationEntity of(ExplorationId id, Actor actor) {
    actor.requireAny(id.project(), EXPLORERS);
    var exploration = explorations.lock(id);
    if (!actor.id().equals(exploration.requestedBy)) {
      actor.requireAny(id.project(), Role.OWNER);
    }
    if (!exploration.state.isOpen()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "exploration %s is %s; this is possible while it is active or suspended"
              .formatted(id, exploration.state.value()));
    }
    return exploration;
  }
}
