package org.balsam.platform.forge;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.AuditedEffect;
import org.balsam.kernel.ProjectId;

/**
 * A forge whose every change is recorded. A change that is repeated is recorded again: the first
 * time may have ended before its record was committed.
 */
final class AuditedForge implements Forge {

  private final Forge forge;
  private final AuditTrail trail;

  AuditedForge(Forge forge, AuditTrail trail) {
    this.forge = forge;
    this.trail = trail;
  }

  @Override
  public String ensureRepository(
      ProjectId project, Map<String, byte[]> firstCommit, Author author) {
    return AuditedEffect.of(
        trail,
        entry("repository.created", project),
        () -> forge.ensureRepository(project, firstCommit, author),
        (entry, tip) -> entry.with("commit", tip));
  }

  @Override
  public void removeRepository(ProjectId project) {
    AuditedEffect.run(
        trail, entry("repository.removed", project), () -> forge.removeRepository(project));
  }

  @Override
  public String ensureBranch(ProjectId project, String branch, String ref) {
    return AuditedEffect.of(
        trail,
        entry("branch.created", project).with("branch", branch),
        () -> forge.ensureBranch(project, branch, ref),
        (entry, tip) -> entry.with("commit", tip));
  }

  @Override
  public void ensureTag(
      ProjectId project, String tag, String commit, String message, Author author) {
    AuditedEffect.run(
        trail,
        entry("tag.created", project).with("tag", tag).with("commit", commit),
        () -> forge.ensureTag(project, tag, commit, message, author));
  }

  @Override
  public String commit(ProjectId project, String branch, Change change) {
    return AuditedEffect.of(
        trail,
        entry("branch.committed", project)
            .with("branch", branch)
            .with("files", change.files().keySet().stream().sorted().toList()),
        () -> forge.commit(project, branch, change),
        (entry, tip) -> entry.with("commit", tip));
  }

  @Override
  public Optional<String> resolve(ProjectId project, String ref) {
    return forge.resolve(project, ref);
  }

  @Override
  public Optional<byte[]> read(ProjectId project, String commit, String path) {
    return forge.read(project, commit, path);
  }

  @Override
  public List<String> list(ProjectId project, String commit) {
    return forge.list(project, commit);
  }

  @Override
  public Map<String, String> refs(ProjectId project) {
    return forge.refs(project);
  }

  @Override
  public URI cloneUri(ProjectId project) {
    return forge.cloneUri(project);
  }

  private static AuditEntry entry(String action, ProjectId project) {
    return AuditEntry.done(action, project.value(), null);
  }
}
