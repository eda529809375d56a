package org.balsam.usecase.round;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime;

/** Workspaces that exist in memory only. */
final class RecordedWorkspaces implements WorkspaceRuntime {

  final Map<String, WorkspaceSpec> existing = new ConcurrentHashMap<>();

  @Override
  public void ensureSpace(ProjectId project) {}

  @Override
  public void removeSpace(ProjectId project) {}

  @Override
  public Workspace ensureWorkspace(WorkspaceSpec spec) {
    existing.put(spec.id(), spec);
    return workspace(spec);
  }

  @Override
  public Optional<Workspace> find(ProjectId project, String workspace) {
    return Optional.ofNullable(existing.get(workspace)).map(RecordedWorkspaces::workspace);
  }

  @Override
  public void removeWorkspace(ProjectId project, String workspace) {
    existing.remove(workspace);
  }

  private static Workspace workspace(WorkspaceSpec spec) {
    return new Workspace(spec.id(), spec.project(), "memory:" + spec.id(), "ready");
  }
}
