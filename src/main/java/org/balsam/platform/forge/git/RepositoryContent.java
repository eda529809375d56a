package org.balsam.platform.forge.git;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.BundleWriter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * What an open repository holds.
 *
 * @param project whose repository it is, for messages
 * @param repository is open, and closed by who opened it
 */
public record RepositoryContent(ProjectId project, Repository repository) {

  /** The commit that a branch, tag or commit id names; never an expression of Git. */
  public Optional<RevCommit> find(String ref) throws IOException {
    if (GitNames.COMMIT.matcher(ref).matches()) {
      return commit(ObjectId.fromString(ref));
    }
    for (var name : List.of(ref, "refs/heads/" + ref, "refs/tags/" + ref)) {
      if (name.startsWith("refs/") && Repository.isValidRefName(name)) {
        var tip = tip(name);
        if (tip.isPresent()) {
          return tip;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Like {@link #find}.
   *
   * @throws NotFound when there is none
   */
  public RevCommit required(String ref) throws IOException {
    return find(ref)
        .orElseThrow(
            () ->
                new NotFound(
                    "%s has no commit, branch or tag '%s'"
                        .formatted(project, GitNames.printable(ref))));
  }

  /** The commit of a ref that is named in full. */
  public Optional<RevCommit> tip(String name) throws IOException {
    return commit(repository.exactRef(name));
  }

  /**
   * A file at a commit; empty for folders, symbolic links and submodules.
   *
   * @throws Invalid when it is larger than {@link Commits#LARGEST_FILE}
   */
  public Optional<byte[]> read(String commit, String path) throws IOException {
    try (var walk = TreeWalk.forPath(repository, path, required(commit).getTree())) {
      return walk == null ? Optional.empty() : content(walk, path);
    }
  }

  private static Optional<byte[]> content(TreeWalk walk, String path) throws IOException {
    if (!isFile(walk.getFileMode())) {
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

  private static boolean isFile(FileMode mode) {
    return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
  }

  /** The paths of all files at a commit that {@link #read} gives, sorted. */
  public List<String> list(String commit) throws IOException {
    var paths = new ArrayList<String>();
    try (var walk = new TreeWalk(repository)) {
      walk.addTree(required(commit).getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        if (isFile(walk.getFileMode())) {
          paths.add(walk.getPathString());
        }
      }
    }
    Collections.sort(paths);
    return List.copyOf(paths);
  }

  /** Branches and tags with their commits, sorted by name. */
  public Map<String, String> refs() throws IOException {
    var refs = new TreeMap<String, String>();
    for (var ref : repository.getRefDatabase().getRefsByPrefix("refs/heads/", "refs/tags/")) {
      commit(ref).ifPresent(commit -> refs.put(ref.getName(), commit.name()));
    }
    return Collections.unmodifiableMap(refs);
  }

  /** Writes all branches and tags, with what they lead to, as a bundle. */
  public void bundle(Path file) throws IOException {
    var writer = new BundleWriter(repository);
    var main = repository.exactRef("refs/heads/main");
    if (main != null) {
      writer.include(Constants.HEAD, main.getObjectId());
    }
    for (var ref : repository.getRefDatabase().getRefsByPrefix("refs/heads/", "refs/tags/")) {
      writer.include(ref.getName(), ref.getObjectId());
    }
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      writer.writeBundle(NullProgressMonitor.INSTANCE, out);
    }
  }

  /**
   * Git cannot have {@code a} and {@code a/b} at once.
   *
   * @throws Rejection ALREADY_EXISTS when a ref of this name cannot be made
   */
  public void refuseConflict(String name) throws IOException {
    var conflicts = repository.getRefDatabase().getConflictingNames(name);
    if (!conflicts.isEmpty()) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          name + " cannot be made beside " + String.join(", ", conflicts) + "; take another name");
    }
  }

  private Optional<RevCommit> commit(@Nullable Ref ref) throws IOException {
    return ref == null || ref.getObjectId() == null ? Optional.empty() : commit(ref.getObjectId());
  }

  private Optional<RevCommit> commit(ObjectId id) throws IOException {
    try (var walk = new RevWalk(repository)) {
      if (!repository.getObjectDatabase().has(id)) {
        return Optional.empty();
      }
      var object = walk.peel(walk.parseAny(id));
      return object instanceof RevCommit commit ? Optional.of(commit) : Optional.empty();
    }
  }
}
