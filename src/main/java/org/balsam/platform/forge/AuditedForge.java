package org.balsam.platform.forge;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
  public void removeBranch(ProjectId project, String branch) {
    AuditedEffect.run(
        trail,
        entry("branch.removed", project).with("branch", branch),
        () -> forge.removeBranch(project, branch));
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

  @Override
  public void checkOut(ProjectId project, String commit, Path target) {
    forge.checkOut(project, commit, target);
  }

  @Override
  public void link(ProjectId project, String branch, Path files) {
    forge.link(project, branch, files);
  }

  @Override
  public Members ensureMembers(ProjectId project, Map<String, Access> members) {
    var result = forge.ensureMembers(project, members);
    if (!result.changed().isEmpty()) {
      trail.recordSeparately(
          entry("repository.members-changed", project)
              .with("people", result.changed().stream().sorted().toList()));
    }
    return result;
  }

  @Override
  public Optional<URI> propose(ProjectId project, Proposal proposal) {
    return AuditedEffect.of(
        trail,
        entry("merge.proposed", project)
            .with("branch", proposal.branch())
            .with("into", proposal.into()),
        () -> forge.propose(project, proposal),
        (entry, page) -> page.map(found -> entry.with("page", found.toString())).orElse(entry));
  }

  @Override
  public Map<String, String> grantReading(ProjectId project, String holder, Duration life) {
    var variables = forge.grantReading(project, holder, life);
    if (!variables.isEmpty()) {
      trail.recordSeparately(entry("repository.access-granted", project).with("holder", holder));
    }
    return variables;
  }

  @Override
  public boolean endReading(ProjectId project, String holder) {
    var ended = forge.endReading(project, holder);
    if (ended) {
      trail.recordSeparately(entry("repository.access-ended", project).with("holder", holder));
    }
    return ended;
  }

  @Override
  public boolean endReading(ProjectId project) {
    var ended = forge.endReading(project);
    if (ended) {
      trail.recordSeparately(entry("repository.access-ended", project).with("holder", "all"));
    }
    return ended;
  }

  @Override
  public void bundle(ProjectId project, Path file) {
    forge.bundle(project, file);
  }

  private static AuditEntry entry(String action, ProjectId project) {
    return AuditEntry.done(action, project.value(), null);
  }
}
