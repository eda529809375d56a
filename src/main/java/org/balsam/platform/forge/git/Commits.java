package org.balsam.platform.forge.git;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.forge.Forge.Author;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor.PathEdit;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** Writes commits and tags: a person is the author, Balsam the committer. */
public final class Commits {

  /** Bytes of the largest file that is written or read. */
  public static final int LARGEST_FILE = 16 * 1024 * 1024;

  private final Clock clock;

  /** Writes that this clock dates. */
  public Commits(Clock clock) {
    this.clock = clock;
  }

  /**
   * Writes a commit that changes {@code files}, without moving a branch.
   *
   * @param parent null for the first
   * @return the parent when nothing would change
   */
  public ObjectId write(
      Repository repository,
      @Nullable RevCommit parent,
      Map<String, byte[]> files,
      String message,
      Author author)
      throws IOException {
    check(files);
    try (var inserter = repository.newObjectInserter()) {
      var tree = tree(repository, inserter, parent, files);
      if (parent != null && parent.getTree().getId().equals(tree)) {
        return parent.getId();
      }
      var commit = new CommitBuilder();
      commit.setTreeId(tree);
      if (parent != null) {
        commit.setParentId(parent);
      }
      commit.setMessage(text("message", message));
      commit.setAuthor(person(author));
      commit.setCommitter(person(new Author("Balsam", "balsam@balsam.invalid")));
      var id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  /** Writes an annotated tag, without naming it. */
  public ObjectId writeTag(
      Repository repository, String name, ObjectId commit, String message, Author author)
      throws IOException {
    try (var inserter = repository.newObjectInserter()) {
      var tag = new TagBuilder();
      tag.setTag(name);
      tag.setObjectId(commit, Constants.OBJ_COMMIT);
      tag.setMessage(text("message", message));
      tag.setTagger(person(author));
      var id = inserter.insert(tag);
      inserter.flush();
      return id;
    }
  }

  private static ObjectId tree(
      Repository repository,
      ObjectInserter inserter,
      @Nullable RevCommit parent,
      Map<String, byte[]> files)
      throws IOException {
    var index = DirCache.newInCore();
    if (parent != null) {
      try (var reader = repository.newObjectReader()) {
        var builder = index.builder();
        builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, parent.getTree());
        builder.finish();
      }
    }
    refuseClashes(index, files);
    var blobs = new HashMap<String, ObjectId>();
    for (var file : files.entrySet()) {
      blobs.put(file.getKey(), inserter.insert(Constants.OBJ_BLOB, file.getValue()));
    }
    var editor = index.editor();
    blobs.forEach((path, blob) -> editor.add(edit(path, blob)));
    editor.finish();
    return index.writeTree(inserter);
  }

  private static PathEdit edit(String path, ObjectId blob) {
    return new PathEdit(path) {
      @Override
      public void apply(DirCacheEntry entry) {
        if (entry.getFileMode() != FileMode.EXECUTABLE_FILE) {
          entry.setFileMode(FileMode.REGULAR_FILE);
        }
        entry.setObjectId(blob);
      }
    };
  }

  private static void check(Map<String, byte[]> files) {
    for (var file : files.entrySet()) {
      GitNames.path(file.getKey());
      if (file.getValue().length > LARGEST_FILE) {
        throw new Invalid(
            ErrorCode.TOO_LARGE,
            file.getKey(),
            "has " + file.getValue().length + " bytes; allowed in a repository: " + LARGEST_FILE);
      }
    }
  }

  /** Git would drop a file to make room for a folder of the same name, and the other way round. */
  private static void refuseClashes(DirCache index, Map<String, byte[]> files) {
    var paths = new TreeSet<>(files.keySet());
    for (var i = 0; i < index.getEntryCount(); i++) {
      paths.add(index.getEntry(i).getPathString());
    }
    for (var path : files.keySet()) {
      var inside = paths.ceiling(path + "/");
      if (inside != null && inside.startsWith(path + "/")) {
        throw clash(path, inside);
      }
      for (var end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
        if (paths.contains(path.substring(0, end))) {
          throw clash(path.substring(0, end), path);
        }
      }
    }
  }

  private static Invalid clash(String file, String inside) {
    return new Invalid(
        ErrorCode.INVALID_INPUT,
        "path",
        "'" + file + "' cannot be a file and the folder of '" + inside + "' at once");
  }

  private PersonIdent person(Author author) {
    return new PersonIdent(
        text("author", author.name()), author.email(), clock.instant(), ZoneOffset.UTC);
  }

  private static String text(String what, String value) {
    if (value.isBlank()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, what, "must not be empty");
    }
    return value;
  }
}
