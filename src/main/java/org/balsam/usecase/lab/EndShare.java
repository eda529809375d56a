package org.balsam.usecase.lab;

import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a person's access to a workspace back. */
@Component
public class EndShare {

  private final OpenExplorations explorations;
  private final WorkspaceShares shares;
  private final WorkspaceRuntime runtime;
  private final AuditTrail trail;

  EndShare(
      OpenExplorations explorations,
      WorkspaceShares shares,
      WorkspaceRuntime runtime,
      AuditTrail trail) {
    this.explorations = explorations;
    this.shares = shares;
    this.runtime = runtime;
    this.trail = trail;
  }

  /** Which workspace, and whose access. */
  public record Command(ProjectId project, String workspace, String person, Actor actor) {}

  /**
   * Takes it back; its user and the project's owner may, and whose access it is. The service is
   * restarted with another token, since the person knows the one before.
   *
   * @throws NotFound when it is not shared with the person
   * @throws ExternalFailure when the token could not be renewed; then it is still shared
   */
  @Transactional
  public void handle(Command command) {
    var row =
        command.person.equals(command.actor.id())
            ? explorations.sharedWith(command.project, command.workspace, command.actor)
            : explorations.of(command.project, command.workspace, command.actor);
    if (!shares.remove(row, command.person)) {
      throw new NotFound("the workspace is not shared with " + command.person);
    }
    if (runtime.find(command.project, command.workspace).isPresent()) {
      runtime.renewCredential(command.project, command.workspace);
    }
    trail.record(ShareWorkspace.entry("workspace.share-ended", row, command.person));
  }
}
