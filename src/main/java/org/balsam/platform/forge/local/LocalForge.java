package org.balsam.platform.forge.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * Bare Git repositories in a folder. Any number of instances, in any number of processes of one
 * machine, may use the same folder at once. Git's system and user configuration and hooks are never
 * used.
 *
 * <p>Protection of branches and tags binds whoever goes through this class. Somebody with rights on
 * the folder can push with Git itself: the repositories refuse forced pushes and deletions then,
 * but cannot tell who pushes to a protected branch.
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
    return changing(
        "make the repository of " + project,
        project,
        () -> {
          if (!repositories.exists(project)) {
            repositories.create(project, repository -> writeFirst(repository, firstCommit, author));
          }
          return repositories.with(
              project,
              repository -> {
                var tip = tip(repository, "refs/heads/main");
                return tip.isPresent()
                    ? tip.get().name()
                    : writeFirst(repository, firstCommit, author);
              });
        });
  }

  private String writeFirst(Repository repository, Map<String, byte[]> files, Author author)
      throws IOException {
    var commit = commits.write(repository, null, files, "Start the project", author);
    LocalRepositories.update(repository, "refs/heads/main", ObjectId.zeroId(), commit);
    return commit.name();
  }

  @Override
  public void removeRepository(ProjectId project) {
    changing(
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
        repository -> find(repository, ref).map(ObjectId::name));
  }

  @Override
  public String ensureBranch(ProjectId project, String branch, String ref) {
    var name = GitNames.branch(branch);
    return changing(
        "make branch " + branch + " of " + project,
        project,
        () ->
            repositories.with(
                project,
                repository -> {
                  var present = tip(repository, name);
                  if (present.isPresent()) {
                    return present.get().name();
                  }
                  var start = required(repository, project, ref);
                  refuseConflict(repository, name);
                  LocalRepositories.update(repository, name, ObjectId.zeroId(), start);
                  return start.name();
                }));
  }

  @Override
  public void ensureTag(
      ProjectId project, String tag, String commit, String message, Author author) {
    var name = GitNames.tag(tag);
    changing(
        "make tag " + tag + " of " + project,
        project,
        () ->
            repositories.with(
                project,
                repository -> {
                  var target = required(repository, project, commit);
                  var present = tip(repository, name);
                  if (present.isEmpty()) {
                    refuseConflict(repository, name);
                    var made = commits.writeTag(repository, tag, target, message, author);
                    LocalRepositories.update(repository, name, ObjectId.zeroId(), made);
                  } else if (!present.get().equals(target)) {
                    throw new Rejection(
                        ErrorCode.ALREADY_EXISTS,
                        "tag %s of %s points at commit %s and cannot be moved to %s"
                            .formatted(tag, project, present.get().name(), target.name()));
                  }
                  return target;
                }));
  }

  @Override
  public String commit(ProjectId project, String branch, Change change) {
    var name = GitNames.branch(branch);
    if (GitNames.isProtected(branch) && !change.onProtected()) {
      throw new Rejection(
          ErrorCode.REF_PROTECTED,
          "branch " + branch + " of " + project + " is protected; work on another branch");
    }
    return changing(
        "commit to branch " + branch + " of " + project,
        project,
        () ->
            repositories.with(
                project,
                repository -> {
                  var tip =
                      tip(repository, name)
                          .orElseThrow(() -> new NotFound(project + " has no branch " + branch));
                  var made =
                      commits.write(
                          repository, tip, change.files(), change.message(), change.author());
                  LocalRepositories.update(repository, name, tip, made);
                  return made.name();
                }));
  }

  @Override
  public Optional<byte[]> read(ProjectId project, String commit, String path) {
    GitNames.path(path);
    return reading(
        "read " + path + " of " + project,
        project,
        repository -> {
          var tree = required(repository, project, commit).getTree();
          try (var walk = TreeWalk.forPath(repository, path, tree)) {
            return walk == null ? Optional.empty() : content(walk, path);
          }
        });
  }

  private static Optional<byte[]> content(TreeWalk walk, String path) throws IOException {
    var mode = walk.getFileMode();
    if (mode != FileMode.REGULAR_FILE && mode != FileMode.EXECUTABLE_FILE) {
      return Optional.empty();
    }
    var content = walk.getObjectReader().open(walk.getObjectId(0), Constants.OBJ_BLOB);
    if (content.getSize() > Commits.LARGEST_FILE) {
      throw new Invalid(
          ErrorCode.TOO_LARGE,
          path,
          "has " + content.getSize() + " bytes; at most " + Commits.LARGEST_FILE + " can be read");
    }
    return Optional.of(content.getCachedBytes(Commits.LARGEST_FILE));
  }

  @Override
  public List<String> list(ProjectId project, String commit) {
    return reading(
        "list the files of " + project,
        project,
        repository -> {
          var paths = new ArrayList<String>();
          try (var walk = new TreeWalk(repository)) {
            walk.addTree(required(repository, project, commit).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
              if (walk.getFileMode() != FileMode.GITLINK) {
                paths.add(walk.getPathString());
              }
            }
          }
          Collections.sort(paths);
          return List.copyOf(paths);
        });
  }

  @Override
  public Map<String, String> refs(ProjectId project) {
    return reading(
        "list the branches and tags of " + project,
        project,
        repository -> {
          var refs = new TreeMap<String, String>();
          for (var ref : repository.getRefDatabase().getRefsByPrefix("refs/heads/", "refs/tags/")) {
            commit(repository, ref).ifPresent(commit -> refs.put(ref.getName(), commit.name()));
          }
          return Collections.unmodifiableMap(refs);
        });
  }

  @Override
  public URI cloneUri(ProjectId project) {
    return reading(
        "find the repository of " + project,
        project,
        repository -> repositories.folder(project).toUri());
  }

  private <T> T reading(String doing, ProjectId project, LocalRepositories.Work<T> work) {
    return GitFailures.mapped(doing, () -> repositories.with(project, work));
  }

  private <T> T changing(
      String doing,
      ProjectId project,
      org.balsam.kernel.CrossProcessLock.Work<T, IOException> work) {
    return GitFailures.mapped(doing, () -> repositories.exclusively(project, work));
  }

  private static Optional<RevCommit> find(Repository repository, String ref) throws IOException {
    if (GitNames.COMMIT.matcher(ref).matches()) {
      return commit(repository, ObjectId.fromString(ref));
    }
    for (var name : List.of(ref, "refs/heads/" + ref, "refs/tags/" + ref)) {
      if (name.startsWith("refs/") && Repository.isValidRefName(name)) {
        var tip = tip(repository, name);
        if (tip.isPresent()) {
          return tip;
        }
      }
    }
    return Optional.empty();
  }

  private static RevCommit required(Repository repository, ProjectId project, String ref)
      throws IOException {
    return find(repository, ref)
        .orElseThrow(
            () ->
                new NotFound(
                    "%s has no commit, branch or tag '%s'"
                        .formatted(project, GitNames.printable(ref))));
  }

  private static Optional<RevCommit> tip(Repository repository, String name) throws IOException {
    return commit(repository, repository.exactRef(name));
  }

  private static Optional<RevCommit> commit(Repository repository, @Nullable Ref ref)
      throws IOException {
    return ref == null || ref.getObjectId() == null
        ? Optional.empty()
        : commit(repository, ref.getObjectId());
  }

  private static Optional<RevCommit> commit(Repository repository, ObjectId id) throws IOException {
    try (var walk = new RevWalk(repository)) {
      if (!repository.getObjectDatabase().has(id)) {
        return Optional.empty();
      }
      var object = walk.peel(walk.parseAny(id));
      return object instanceof RevCommit commit ? Optional.of(commit) : Optional.empty();
    }
  }

  private static void refuseConflict(Repository repository, String name) throws IOException {
    var conflicts = repository.getRefDatabase().getConflictingNames(name);
    if (!conflicts.isEmpty()) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          name + " cannot be made beside " + String.join(", ", conflicts) + "; take another name");
    }
  }
}
