package org.balsam.platform.compute;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.AuditedEffect;
import org.balsam.kernel.ProjectId;

/**
 * A workspace runtime whose every change is recorded. A change that is repeated is recorded again:
 * the first time may have ended before its record was committed.
 */
final class AuditedWorkspaceRuntime implements WorkspaceRuntime {

  private final WorkspaceRuntime runtime;
  private final AuditTrail trail;

  AuditedWorkspaceRuntime(WorkspaceRuntime runtime, AuditTrail trail) {
    this.runtime = runtime;
    this.trail = trail;
  }

  @Override
  public void check(WorkspaceSpec spec) {
    runtime.check(spec);
  }

  @Override
  public void ensureSpace(ProjectId project) {
    AuditedEffect.run(trail, entry("space.created", project), () -> runtime.ensureSpace(project));
  }

  @Override
  public void removeSpace(ProjectId project) {
    AuditedEffect.run(trail, entry("space.removed", project), () -> runtime.removeSpace(project));
  }

  @Override
  public Workspace ensureWorkspace(WorkspaceSpec spec) {
    var entry =
        entry("workspace.created", spec.project())
            .with("workspace", spec.id())
            .with("branch", spec.branch())
            .with("commit", spec.commit())
            .with("inputs", (long) spec.inputs().size())
            .with("network", spec.network().name())
            .with(
                "manifests",
                (long) (spec.manifests() == null ? 0 : spec.manifests().objects().size()));
    return AuditedEffect.of(trail, entry, () -> runtime.ensureWorkspace(spec));
  }

  @Override
  public Optional<Workspace> find(ProjectId project, String workspace) {
    return runtime.find(project, workspace);
  }

  @Override
  public Workspace suspend(ProjectId project, String workspace, String reason) {
    return AuditedEffect.of(
        trail,
        entry("workspace.suspended", project).with("workspace", workspace).because(reason),
        () -> runtime.suspend(project, workspace, reason));
  }

  @Override
  public Workspace resume(ProjectId project, String workspace) {
    return AuditedEffect.of(
        trail,
        entry("workspace.resumed", project).with("workspace", workspace),
        () -> runtime.resume(project, workspace));
  }

  @Override
  public Optional<Credential> credential(ProjectId project, String workspace) {
    return AuditedEffect.of(
        trail,
        entry("workspace.credential-read", project).with("workspace", workspace),
        () -> runtime.credential(project, workspace));
  }

  @Override
  public void renewCredential(ProjectId project, String workspace) {
    AuditedEffect.run(
        trail,
        entry("workspace.credential-renewed", project).with("workspace", workspace),
        () -> runtime.renewCredential(project, workspace));
  }

  @Override
  public String logTail(ProjectId project, String workspace, int maxBytes) {
    return runtime.logTail(project, workspace, maxBytes);
  }

  /** Reads only, so there is nothing to record; where the copy goes is recorded there. */
  @Override
  public void archive(ProjectId project, String workspace, OutputStream sink) throws IOException {
    runtime.archive(project, workspace, sink);
  }

  @Override
  public void removeWorkspace(ProjectId project, String workspace) {
    AuditedEffect.run(
        trail,
        entry("workspace.removed", project).with("workspace", workspace),
        () -> runtime.removeWorkspace(project, workspace));
  }

  private static AuditEntry entry(String action, ProjectId project) {
    return AuditEntry.done(action, project.value(), null);
  }
}
