package org.balsam.platform.compute;

import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ProjectId;

/**
 * The compute space of a project (a namespace on a cluster, a folder on a laptop) and the
 * workspaces in it. All calls are safe to repeat and may be made from any thread.
 */
public interface WorkspaceRuntime {

  /** Makes sure that the project's space exists with its quota and network policy. */
  void ensureSpace(ProjectId project);

  /** Removes the space with everything in it; does nothing when there is none. */
  void removeSpace(ProjectId project);

  /** Makes sure that the workspace exists. */
  Workspace ensureWorkspace(WorkspaceSpec spec);

  /** The workspace, empty when there is none. */
  Optional<Workspace> find(ProjectId project, String workspace);

  /** Removes the workspace; does nothing when there is none. */
  void removeWorkspace(ProjectId project, String workspace);

  /**
   * What a workspace is made of.
   *
   * @param id {@code ws-<project>-u…} of a person, or the round's id
   * @param branch checked out in it
   * @param inputs granted objects, placed read-only
   */
  record WorkspaceSpec(
      String id,
      ProjectId project,
      String branch,
      String commit,
      List<JobSpec.Input> inputs,
      JobSpec.NetworkClass network) {}

  /**
   * A workspace that exists.
   *
   * @param location a path or URL that its user opens
   */
  record Workspace(String id, ProjectId project, String location, String state) {}
}
