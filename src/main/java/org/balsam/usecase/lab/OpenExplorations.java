package org.balsam.usecase.lab;

import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.springframework.stereotype.Component;

/** Finds the exploration that a person wants something of. */
@Component
class OpenExplorations {

  /** Who may explore. */
  static final Role[] EXPLORERS = Role.EXPLORING.toArray(Role[]::new);

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
    var exploration = inAnyState(id, actor);
    requireOpen(exploration);
    return exploration;
  }

  /**
   * The same when it is in one state.
   *
   * @throws Rejection WRONG_STATE when it is in another one
   */
  ExplorationEntity of(ExplorationId id, ExplorationState needed, Actor actor) {
    var exploration = inAnyState(id, actor);
    if (exploration.state != needed) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "exploration %s is %s; this is possible while it is %s"
              .formatted(id, exploration.state.value(), needed.value()));
    }
    return exploration;
  }

  /** The exploration, locked, when the actor is who asked for it or the project's owner. */
  ExplorationEntity inAnyState(ExplorationId id, Actor actor) {
    actor.requireAny(id.project(), EXPLORERS);
    var exploration = explorations.lock(id);
    if (!actor.id().equals(exploration.requestedBy)) {
      actor.requireAny(id.project(), Role.OWNER);
    }
    return exploration;
  }

  /**
   * Demands that it can be worked in.
   *
   * @throws Rejection WRONG_STATE when it cannot
   */
  static void requireOpen(ExplorationEntity exploration) {
    if (!exploration.state.isOpen()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "exploration %s is %s; this is possible while it is active or suspended"
              .formatted(exploration.id, exploration.state.value()));
    }
  }

  /**
   * The exploration of a workspace, by the same rules.
   *
   * @throws NotFound when there is no such workspace
   */
  ExplorationEntity of(ProjectId project, String workspace, Actor actor) {
    actor.requireAny(project, EXPLORERS);
    return of(find(project, workspace), actor);
  }

  /** The same for somebody with whom it is shared, which is not checked. */
  ExplorationEntity sharedWith(ProjectId project, String workspace, Actor actor) {
    actor.requireMemberOf(project);
    return explorations.lock(find(project, workspace));
  }

  private ExplorationId find(ProjectId project, String workspace) {
    return explorations.unfinished(project).stream()
        .filter(row -> row.workspace.equals(workspace))
        .findFirst()
        .map(ExplorationEntity::explorationId)
        .orElseThrow(() -> new NotFound("there is no such workspace in this project"));
  }

  /**
   * Demands what whoever works in a workspace has to be: somebody who explores, and a member of
   * each project that its data come from.
   *
   * @throws NotFound for a project that the actor is no member of
   * @throws org.balsam.kernel.Forbidden for roles that do not explore
   */
  static void requireReader(ExplorationEntity row, Actor actor) {
    actor.requireAny(row.explorationId().project(), EXPLORERS);
    row.versions().forEach(version -> actor.requireMemberOf(version.dataset().project()));
  }
}
