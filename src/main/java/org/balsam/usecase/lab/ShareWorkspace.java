package org.balsam.usecase.lab;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.identity.Directory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets another member of the project sign in to a workspace. */
@Component
public class ShareWorkspace {

  private static final int MOST = 20;

  private final OpenExplorations explorations;
  private final WorkspaceShares shares;
  private final ExplorationManifests manifests;
  private final Directory directory;
  private final AuditTrail trail;

  ShareWorkspace(
      OpenExplorations explorations,
      WorkspaceShares shares,
      ExplorationManifests manifests,
      Directory directory,
      AuditTrail trail) {
    this.explorations = explorations;
    this.shares = shares;
    this.manifests = manifests;
    this.directory = directory;
    this.trail = trail;
  }

  /** Which workspace to share with whom. */
  public record Command(ProjectId project, String workspace, String person, Actor actor) {}

  /**
   * Shares it. Idempotent. Work in it is then done under the name of its user.
   *
   * @throws Forbidden for others than its user
   * @throws Invalid for a person who does not explore in the project, or may not read the data that
   *     were granted to it
   * @throws Rejection WRONG_STATE when it cannot be worked in, or its service signs people in by
   *     itself; LIMIT_EXCEEDED for more than twenty people
   */
  @Transactional
  public void handle(Command command) {
    var row = explorations.of(command.project, command.workspace, command.actor);
    if (!row.requestedBy.equals(command.actor.id())) {
      throw new Forbidden("only the user of workspace " + command.workspace + " shares it");
    }
    if (manifests.of(row).isPresent()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "the service of %s is its template's, which signs people in by itself; share it there"
              .formatted(command.workspace));
    }
    requireFit(command, row);
    if (shares.of(row).size() >= MOST && !shares.of(row).contains(command.person)) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED, "a workspace is shared with " + MOST + " people at most");
    }
    if (shares.add(row, command.person)) {
      trail.record(entry("workspace.shared", row, command.person));
    }
  }

  /** Whoever is in it reaches its data, so it is asked of them what was asked of its user. */
  private void requireFit(Command command, ExplorationEntity row) {
    if (command.person.equals(row.requestedBy)) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "person", "is the user of the workspace");
    }
    try {
      OpenExplorations.requireReader(
          row, Actor.user(command.person, directory.groupsOf(command.person)));
    } catch (BalsamException unfit) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "person",
          "is nobody who explores in %s and is a member of each project that its data come from"
              .formatted(command.project));
    }
  }

  static AuditEntry entry(String action, ExplorationEntity row, String person) {
    return AuditEntry.done(action, row.project, row.id)
        .with("workspace", row.workspace)
        .with("person", person);
  }
}
