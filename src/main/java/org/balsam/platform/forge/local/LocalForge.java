package org.balsam.platform.forge.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.CrossProcessLock;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.git.Checkout;
import org.balsam.platform.forge.git.Commits;
import org.balsam.platform.forge.git.GitFailures;
import org.balsam.platform.forge.git.GitNames;
import org.balsam.platform.forge.git.RepositoryChanges;
import org.balsam.platform.forge.git.RepositoryContent;
import org.balsam.platform.forge.git.WorkingCopy;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Bare Git repositories in a folder. Any number of instances, in any number of processes of one
 * machine, may use the same folder at once. Git's system and user configuration and hooks are never
 * used.
 *
 * <p>Protection of branches and tags binds whoever goes through this class. Somebody with rights on
 * the folder can push with Git itself: the repositories refuse forced pushes and deletions then,
 * but cannot tell who pushes to a protected branch. For the same reason there are no accounts to
 * give rights to, no merge requests, and nothing that a reader would have to show.
 */
public final class LocalForge implements Forge {

  private final LocalRepositories repositories;
  private final Commits commits;

  /**
   * Opens the folder; makes it when it does not exist.
   *
   * @param root the folder, kept for this purpose alone
   * @param clock dates commits and tags
   * @throws org.balsam.kernel.ExternalFailure when the folder cannot be used
   */
  public LocalForge(Path root, Clock clock) {
    repositories = GitFailures.mapped("use the folder " + root, () -> new LocalRepositories(root));
    commits = new Commits(clock);
  }

  @Override
  public String ensureRepository(
      ProjectId project, Map<String, byte[]> firstCommit, Author author) {
    return exclusively(
        "make the repository of " + project,
        project,
        () -> {
          if (!repositories.exists(project)) {
            repositories.create(
                project,
                repository -> changes(project, repository).ensureFirst(firstCommit, author));
          }
          return repositories.with(
              project, repository -> changes(project, repository).ensureFirst(firstCommit, author));
        });
  }

  @Override
  public void removeRepository(ProjectId project) {
    exclusively(
        "remove the repository of " + project,
        project,
        () -> {
          repositories.remove(project);
          return project;
        });
  }

  @Override
  public Optional<String> resolve(ProjectId project, String ref) {
    return reading(
        "look up a commit of " + project,
        project,
        content -> content.find(ref).map(ObjectId::name));
  }

  @Override
  public String ensureBranch(ProjectId project, String branch, String ref) {
    GitNames.branch(branch);
    return changing(
        "make branch " + branch + " of " + project,
        project,
        changes -> changes.ensureBranch(branch, ref));
  }

  @Override
  public void removeBranch(ProjectId project, String branch) {
    RepositoryChanges.requireRemovable(project, branch);
    changing(
        "remove branch " + branch + " of " + project,
        project,
        changes -> changes.removeBranch(branch));
  }

  @Override
  public void ensureTag(
      ProjectId project, String tag, String commit, String message, Author author) {
    GitNames.tag(tag);
    changing(
        "make tag " + tag + " of " + project,
        project,
        changes -> changes.ensureTag(tag, commit, message, author));
  }

  @Override
  public String commit(ProjectId project, String branch, Change change) {
    RepositoryChanges.requireAllowed(project, branch, change);
    return changing(
        "commit to branch " + branch + " of " + project,
        project,
        changes -> changes.commit(branch, change));
  }

  @Override
  public Optional<byte[]> read(ProjectId project, String commit, String path) {
    GitNames.path(path);
    return reading(
        "read " + path + " of " + project, project, content -> content.read(commit, path));
  }

  @Override
  public List<String> list(ProjectId project, String commit) {
    return reading("list the files of " + project, project, content -> content.list(commit));
  }

  @Override
  public Map<String, String> refs(ProjectId project) {
    return reading("list the branches and tags of " + project, project, RepositoryContent::refs);
  }

  @Override
  public URI cloneUri(ProjectId project) {
    return folder(project).toUri();
  }

  @Override
  public void checkOut(ProjectId project, String commit, Path target) {
    Checkout.fetch(folder(project), commit, target);
  }

  @Override
  public void link(ProjectId project, String branch, Path files) {
    var folder = folder(project);
    WorkingCopy.link(folder, folder.toUri(), branch, files);
  }

  private Path folder(ProjectId project) {
    return reading(
        "find the repository of " + project, project, content -> repositories.folder(project));
  }

  @Override
  public Members ensureMembers(ProjectId project, Map<String, Access> members) {
    reading("look up " + project, project, content -> project);
    return Members.NONE;
  }

  @Override
  public Optional<URI> propose(ProjectId project, Proposal proposal) {
    reading("look up " + project, project, content -> content.required(proposal.branch()));
    return Optional.empty();
  }

  @Override
  public Map<String, String> grantReading(ProjectId project, String holder, Duration life) {
    reading("look up " + project, project, content -> project);
    return Map.of();
  }

  @Override
  public boolean endReading(ProjectId project, String holder) {
    return false;
  }

  @Override
  public boolean endReading(ProjectId project) {
    return false;
  }

  @Override
  public void bundle(ProjectId project, Path file) {
    reading(
        "bundle the repository of " + project,
        project,
        content -> {
          content.bundle(file);
          return file;
        });
  }

  /** Reads a repository. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(RepositoryContent content) throws IOException;
  }

  /** Changes a repository. */
  @FunctionalInterface
  private interface Changing<T> {
    T by(RepositoryChanges changes) throws IOException;
  }

  private <T> T reading(String doing, ProjectId project, Reading<T> work) {
    return GitFailures.mapped(
        doing,
        () ->
            repositories.with(
                project, repository -> work.of(new RepositoryContent(project, repository))));
  }

  private <T> T changing(String doing, ProjectId project, Changing<T> work) {
    return exclusively(
        doing,
        project,
        () -> repositories.with(project, repository -> work.by(changes(project, repository))));
  }

  private RepositoryChanges changes(ProjectId project, Repository repository) {
    return new RepositoryChanges(
        new RepositoryContent(project, repository),
        commits,
        (name, before, after) -> LocalRepositories.update(repository, name, before, after));
  }

  private <T> T exclusively(
      String doing, ProjectId project, CrossProcessLock.Work<T, IOException> work) {
    return GitFailures.mapped(doing, () -> repositories.exclusively(project, work));
  }
}
