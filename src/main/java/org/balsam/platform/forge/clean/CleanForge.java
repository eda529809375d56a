package org.balsam.platform.forge.clean;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.ContentRules;
import org.balsam.platform.forge.Forge;

/**
 * A forge whose commits keep the {@link ContentRules}. A repository begins with the attributes by
 * which nbstripout keeps results of notebooks out of people's own commits, once they installed it.
 */
public final class CleanForge implements Forge {

  /** Where Git reads them. */
  public static final String ATTRIBUTES = ".gitattributes";

  private static final String CONTENT =
      """
      # keeps results out of commits of notebooks; once in each clone:
      # pip install nbstripout && nbstripout --install
      *.ipynb filter=nbstripout diff=ipynb
      """;

  private final Forge forge;

  /** Keeps commits to {@code forge} clean. */
  public CleanForge(Forge forge) {
    this.forge = forge;
  }

  @Override
  public String ensureRepository(
      ProjectId project, Map<String, byte[]> firstCommit, Author author) {
    var files = new TreeMap<>(ContentRules.cleaned(firstCommit));
    files.putIfAbsent(ATTRIBUTES, CONTENT.getBytes(StandardCharsets.UTF_8));
    return forge.ensureRepository(project, files, author);
  }

  @Override
  public void removeRepository(ProjectId project) {
    forge.removeRepository(project);
  }

  @Override
  public Optional<String> resolve(ProjectId project, String ref) {
    return forge.resolve(project, ref);
  }

  @Override
  public String ensureBranch(ProjectId project, String branch, String ref) {
    return forge.ensureBranch(project, branch, ref);
  }

  @Override
  public void removeBranch(ProjectId project, String branch) {
    forge.removeBranch(project, branch);
  }

  @Override
  public void ensureTag(
      ProjectId project, String tag, String commit, String message, Author author) {
    forge.ensureTag(project, tag, commit, message, author);
  }

  @Override
  public String commit(ProjectId project, String branch, Change change) {
    return forge.commit(
        project,
        branch,
        new Change(
            ContentRules.cleaned(change.files()),
            change.message(),
            change.author(),
            change.onProtected()));
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
    return forge.ensureMembers(project, members);
  }

  @Override
  public Optional<URI> propose(ProjectId project, Proposal proposal) {
    return forge.propose(project, proposal);
  }

  @Override
  public Map<String, String> grantReading(ProjectId project, String holder, Duration life) {
    return forge.grantReading(project, holder, life);
  }

  @Override
  public boolean endReading(ProjectId project, String holder) {
    return forge.endReading(project, holder);
  }

  @Override
  public boolean endReading(ProjectId project) {
    return forge.endReading(project);
  }

  @Override
  public void bundle(ProjectId project, Path file) {
    forge.bundle(project, file);
  }
}
