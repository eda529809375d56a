package org.balsam.platform.forge.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.platform.forge.ContentRules;
import org.balsam.platform.forge.git.FoldedPaths;
import org.balsam.platform.forge.git.GitNames;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * Looks through the files that new commits add or change, and through the messages of commits and
 * tags: all new commits, since what a later one takes out is still in the history.
 */
final class PushedFiles {

  private static final int MOST_PROBLEMS = 20;
  private static final long MOST_BYTES = 1L << 30;
  private static final String LINK =
      "is a symbolic link, which no round follows; put the file that it leads to in its place, or read that file by its own path";
  private static final String LOOK_ALIKE =
      "cannot be beside %s on Windows and macOS, which do not tell capitals, or ways to write an accent, apart; give one of them another name";
  private static final String SUBMODULE =
      "is a submodule, whose files are in another repository; copy the files that are needed into this one (git rm --cached '%s' first), or install them as a package";

  private final Repository repository;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> changed = new HashSet<>();
  private long bytes;

  private PushedFiles(Repository repository) {
    this.repository = repository;
  }

  /**
   * What may not enter, the first 20, each by path, line and commit.
   *
   * @param pushed a commit, or a tag of one, which no branch or tag need reach
   */
  static List<Problem> problems(Repository repository, ObjectId pushed) throws IOException {
    var files = new PushedFiles(repository);
    files.look(pushed);
    return files.problems.subList(0, Math.min(MOST_PROBLEMS, files.problems.size()));
  }

  private void look(ObjectId pushed) throws IOException {
    try (var walk = new RevWalk(repository)) {
      if (!(peeled(walk, walk.parseAny(pushed)) instanceof RevCommit tip)) {
        problems.add(new Problem(pushed.name(), "is no commit"));
        return;
      }
      walk.markStart(tip);
      for (var ref : repository.getRefDatabase().getRefs()) {
        if (ref.getObjectId() != null
            && walk.peel(walk.parseAny(ref.getObjectId())) instanceof RevCommit known) {
          walk.markUninteresting(known);
        }
      }
      for (var commit = walk.next();
          commit != null && problems.size() < MOST_PROBLEMS;
          commit = walk.next()) {
        look(walk, commit);
      }
      lookAlikes(tip);
    }
  }

  /** Those of the last commit; what was there before this push is left alone. */
  private void lookAlikes(RevCommit tip) throws IOException {
    if (changed.isEmpty()) {
      return;
    }
    try (var tree = new TreeWalk(repository)) {
      tree.addTree(tip.getTree());
      tree.setRecursive(true);
      var paths = new FoldedPaths();
      while (tree.next() && problems.size() < MOST_PROBLEMS) {
        var path = tree.getPathString();
        paths
            .add(path)
            .filter(other -> changed.contains(path) || changed.contains(other))
            .ifPresent(
                other ->
                    add(
                        new Problem(
                            GitNames.printable(path),
                            LOOK_ALIKE.formatted(GitNames.printable(other))),
                        tip));
      }
    }
  }

  /** What a tag, or a tag of a tag, leads to. */
  private RevObject peeled(RevWalk walk, RevObject pushed) throws IOException {
    var object = pushed;
    while (object instanceof RevTag tag) {
      walk.parseBody(tag);
      var raw = tag.getRawBuffer();
      problems.addAll(
          ContentRules.secrets(
              "message of the tag " + GitNames.printable(tag.getTagName()),
              from(raw, RawParseUtils.tagMessage(raw, 0))));
      object = walk.parseAny(tag.getObject());
    }
    return object;
  }

  private static byte[] from(byte[] raw, int start) {
    return start < 0 ? new byte[0] : Arrays.copyOfRange(raw, start, raw.length);
  }

  private void look(RevWalk walk, RevCommit commit) throws IOException {
    walk.parseBody(commit);
    var raw = commit.getRawBuffer();
    ContentRules.secrets("message", from(raw, RawParseUtils.commitMessage(raw, 0)))
        .forEach(problem -> add(problem, commit));
    commit.disposeBody();
    try (var tree = new TreeWalk(repository)) {
      tree.addTree(commit.getTree());
      for (var parent : commit.getParents()) {
        walk.parseHeaders(parent);
        tree.addTree(parent.getTree());
      }
      if (commit.getParentCount() > 0) {
        tree.setFilter(TreeFilter.ANY_DIFF);
      }
      tree.setRecursive(true);
      while (tree.next() && problems.size() < MOST_PROBLEMS) {
        if (isNew(tree)) {
          look(tree, commit);
        }
      }
    }
  }

  private static boolean isNew(TreeWalk tree) {
    for (var parent = 1; parent < tree.getTreeCount(); parent++) {
      if (tree.getObjectId(parent).equals(tree.getObjectId(0))
          && tree.getRawMode(parent) == tree.getRawMode(0)) {
        return false;
      }
    }
    return true;
  }

  private void look(TreeWalk tree, RevCommit commit) throws IOException {
    var mode = tree.getFileMode(0);
    var path = tree.getPathString();
    changed.add(path);
    if (mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE) {
      look(path, tree.getObjectId(0), commit);
    } else if (mode == FileMode.SYMLINK) {
      add(new Problem(GitNames.printable(path), LINK), commit);
    } else if (mode == FileMode.GITLINK) {
      add(
          new Problem(GitNames.printable(path), SUBMODULE.formatted(GitNames.printable(path))),
          commit);
    }
  }

  private void look(String path, ObjectId blob, RevCommit commit) throws IOException {
    if (!seen.add(blob.name() + path) || !isNamed(path, commit)) {
      return;
    }
    var content = repository.open(blob, Constants.OBJ_BLOB);
    var size = content.getSize();
    var tooLarge = ContentRules.tooLarge(path, size);
    if (tooLarge.isPresent()) {
      add(tooLarge.get(), commit);
      return;
    }
    bytes += size;
    if (bytes > MOST_BYTES) {
      problems.add(
          new Problem(
              commit.abbreviate(10).name(),
              "and the commits before it hold more than "
                  + MOST_BYTES
                  + " bytes; push them in parts"));
      return;
    }
    for (var problem : ContentRules.refusals(path, content.getBytes((int) size))) {
      add(problem, commit);
    }
  }

  private boolean isNamed(String path, RevCommit commit) {
    try {
      GitNames.path(path);
      return true;
    } catch (Invalid unusable) {
      unusable
          .problems()
          .forEach(
              problem -> add(new Problem(GitNames.printable(path), problem.message()), commit));
      return false;
    }
  }

  private void add(Problem problem, RevCommit commit) {
    problems.add(
        new Problem(
            problem.where() + " of commit " + commit.abbreviate(10).name(), problem.message()));
  }
}
