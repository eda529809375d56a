package org.balsam.platform.library;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.git.GitNames;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Reads what a library's commit holds, without writing a file. Symbolic links, submodules, names
 * that are not safe everywhere and files that are too large are left out and said; a commit that
 * has too much of everything is refused as a whole.
 */
final class CommitReader {

  static final int MOST_FILES = 5_000;
  static final int MOST_ENTRIES = 20_000;
  static final long MOST_BYTES = 64L << 20;
  static final int LARGEST_FILE = 8 << 20;
  private static final int LARGEST_TREE = 16 << 20;
  private static final int MOST_SAID = 20;

  private final ObjectChecker checker = new ObjectChecker();
  private final ObjectReader reader;
  private final Allowance allowance;
  private final Set<String> folders;
  private final List<Snapshot.File> files = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private int leftOutCount;
  private int entries;
  private long total;

  /**
   * A reading, for one use.
   *
   * @param folders those at the top that are read, in small letters
   */
  CommitReader(ObjectReader reader, Allowance allowance, Set<String> folders) {
    this.reader = reader;
    this.allowance = allowance;
    this.folders = folders;
  }

  /**
   * Reads it.
   *
   * @throws Rejection LIMIT_EXCEEDED for more than a library may have
   */
  Snapshot read(ObjectId commit) throws IOException {
    var raw = reader.open(commit, Constants.OBJ_COMMIT).getBytes(LARGEST_TREE);
    checker.checkCommit(raw);
    var root = RevCommit.parse(raw).getTree().getId();
    for (var tree = tree(root); !tree.eof(); tree.next()) {
      var name = tree.getEntryPathString();
      if (folders.contains(name.toLowerCase(Locale.ROOT))) {
        entry(tree, "");
      }
    }
    return new Snapshot(commit.name(), List.copyOf(files), List.copyOf(leftOut), leftOutCount);
  }

  private CanonicalTreeParser tree(ObjectId id) throws IOException {
    var tree = new CanonicalTreeParser();
    var raw = reader.open(id, Constants.OBJ_TREE).getBytes(LARGEST_TREE);
    checker.checkTree(raw);
    tree.reset(raw);
    return tree;
  }

  private void entry(CanonicalTreeParser tree, String prefix) throws IOException {
    require(++entries <= MOST_ENTRIES, "more than " + MOST_ENTRIES + " files and folders");
    if (allowance.isCancelled()) {
      throw new InterruptedIOException("the time limit is over");
    }
    var path = prefix + tree.getEntryPathString();
    if (!isSafe(path)) {
      leaveOut(path, "its name is too long or not safe on every system");
    } else if (tree.getEntryFileMode() == FileMode.TREE) {
      for (var below = tree(tree.getEntryObjectId()); !below.eof(); below.next()) {
        entry(below, path + "/");
      }
    } else if (tree.getEntryFileMode() == FileMode.SYMLINK) {
      leaveOut(path, "it is a symbolic link");
    } else if (tree.getEntryFileMode() == FileMode.GITLINK) {
      leaveOut(path, "it is a submodule");
    } else if (!prefix.isEmpty()) {
      file(path, tree.getEntryObjectId());
    }
  }

  private static boolean isSafe(String path) {
    try {
      GitNames.path(path);
      return true;
    } catch (Invalid unsafe) {
      return false;
    }
  }

  private void file(String path, ObjectId id) throws IOException {
    var content = reader.open(id, Constants.OBJ_BLOB);
    if (content.getSize() > LARGEST_FILE) {
      leaveOut(path, "it is larger than 8 MiB");
      return;
    }
    total += content.getSize();
    require(total <= MOST_BYTES, "more than 64 MiB");
    require(files.size() < MOST_FILES, "more than " + MOST_FILES + " files");
    files.add(new Snapshot.File(path, content.getCachedBytes(LARGEST_FILE)));
  }

  private void leaveOut(String path, String why) {
    leftOutCount++;
    if (leftOut.size() < MOST_SAID) {
      leftOut.add(GitNames.printable(path) + ": " + why);
    }
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED,
          "the folders %s have %s; keep data and results out of them"
              .formatted(String.join(", ", new TreeSet<>(folders)), otherwise));
    }
  }
}
