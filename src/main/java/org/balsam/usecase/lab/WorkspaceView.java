package org.balsam.usecase.lab;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.balsam.kernel.ExplorationId;
import org.balsam.platform.compute.WorkspaceRuntime.State;
import org.balsam.platform.compute.WorkspaceRuntime.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as shown.
 *
 * @param location a path that its user opens
 * @param message the state in words
 * @param sharedWith the people who may sign in to it besides its user
 * @param url where its service answers; null when none runs
 */
public record WorkspaceView(
    String id,
    ExplorationId exploration,
    String user,
    String location,
    State state,
    String message,
    @Nullable URI url,
    Instant lastActivity,
    List<String> sharedWith) {

  static WorkspaceView of(ExplorationEntity row, Workspace workspace, List<String> sharedWith) {
    return new WorkspaceView(
        workspace.id(),
        row.explorationId(),
        row.requestedBy,
        workspace.location(),
        workspace.state(),
        workspace.message(),
        workspace.url(),
        workspace.lastActivity(),
        sharedWith);
  }
}
