package org.balsam.usecase.round;

import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime;

/** Workspaces that exist in memory only. */
final class RecordedWorkspaces implements WorkspaceRuntime {

  final Map<String, WorkspaceSpec> existing = new ConcurrentHashMap<>();

  @Override
  public void check(WorkspaceSpec spec) {}

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
  public void renewCredential(ProjectId project, String workspace) {
    throw new UnsupportedOperationException("nobody signs in to workspaces of rounds");
  }

  @Override
  public void removeWorkspace(ProjectId project, String workspace) {
    existing.remove(workspace);
  }

  @Override
  public Workspace suspend(ProjectId project, String workspace, String reason) {
    throw new UnsupportedOperationException("rounds do not suspend workspaces");
  }

  @Override
  public Workspace resume(ProjectId project, String workspace) {
    throw new UnsupportedOperationException("rounds do not resume workspaces");
  }

  @Override
  public Optional<Credential> credential(ProjectId project, String workspace) {
    return Optional.empty();
  }

  @Override
  public String logTail(ProjectId project, String workspace, int maxBytes) {
    return "";
  }

  @Override
  public void archive(ProjectId project, String workspace, OutputStream sink) {
    throw new UnsupportedOperationException("rounds do not archive workspaces");
  }

  private static Workspace workspace(WorkspaceSpec spec) {
    return new Workspace(
        spec.id(),
        spec.project(),
        "memory:" + spec.id(),
        State.READY,
        "",
        null,
        java.time.Instant.EPOCH);
  }
}
