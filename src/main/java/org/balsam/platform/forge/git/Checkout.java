package org.balsam.platform.forge.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Writes the files of one commit into a folder, none of Git's own. Every object is compared with
 * its name, so that the files are those that the commit's id stands for.
 */
public final class Checkout {

  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_FILES = 100_000;

  private final ObjectReader reader;
  private final String commit;
  private final List<Item> items = new ArrayList<>();
  private long total;

  private Checkout(ObjectReader reader, String commit) {
    this.reader = reader;
    this.commit = commit;
  }

  private record Item(String path, ObjectId blob, boolean executable) {}

  /**
   * Writes the commit's files.
   *
   * @param repository the folder of a bare repository
   * @param commit 40 hexadecimal digits
   * @param target does not exist, or is an empty folder
   * @throws NotFound without such a repository or commit
   * @throws Invalid for a path that is not allowed, a symbolic link, or a submodule; nothing was
   *     written then
   * @throws Rejection LIMIT_EXCEEDED for more than 1 GiB or 100,000 files, and nothing was written;
   *     DATA_CHANGED when the repository holds other bytes than the commit's
   */
  public static void fetch(Path repository, String commit, Path target) {
    GitFailures.mapped(
        "check out commit " + GitNames.printable(commit),
        () -> {
          write(repository, commit, target);
          return target;
        });
  }

  private static void write(Path repository, String commit, Path target) throws IOException {
    if (!GitNames.COMMIT.matcher(commit).matches()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "commit", "must be 40 lower-case hexadecimal digits");
    }
    if (!IsolatedGit.isRepository(repository.toFile())) {
      throw new NotFound("there is no repository " + repository.getFileName());
    }
    requireEmpty(target);
    try (var git = IsolatedGit.open(repository.toFile());
        var reader = git.newObjectReader()) {
      var id = ObjectId.fromString(commit);
      if (!reader.has(id)) {
        throw new NotFound("repository " + repository.getFileName() + " has no commit " + commit);
      }
      var checkout = new Checkout(reader, commit);
      checkout.collect(
          RevCommit.parse(checkout.verified(id, Constants.OBJ_COMMIT)).getTree().getId(), "");
      for (var item : checkout.items) {
        checkout.write(item, target);
      }
    }
  }

  private static void requireEmpty(Path target) throws IOException {
    Files.createDirectories(target);
    try (var files = Files.newDirectoryStream(target)) {
      if (files.iterator().hasNext()) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT, "target", "'" + target.getFileName() + "' is not empty");
      }
    }
  }

  private void collect(ObjectId tree, String prefix) throws IOException {
    var entries = new CanonicalTreeParser();
    for (entries.reset(verified(tree, Constants.OBJ_TREE)); !entries.eof(); entries.next()) {
      var path = GitNames.path(prefix + entries.getEntryPathString());
      var mode = entries.getEntryFileMode();
      var id = entries.getEntryObjectId();
      if (mode == FileMode.TREE) {
        collect(id, path + "/");
      } else if (mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE) {
        add(new Item(path, id, mode == FileMode.EXECUTABLE_FILE));
      } else {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            path,
            "is a symbolic link or submodule in commit "
                + commit
                + "; allowed: regular files and folders. Replace it by a file");
      }
    }
  }

  private void add(Item item) throws IOException {
    items.add(item);
    total += reader.getObjectSize(item.blob(), Constants.OBJ_BLOB);
    if (total > MOST_BYTES || items.size() > MOST_FILES) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED,
          "commit "
              + commit
              + " has more than 1 GiB or 100,000 files; keep data in object storage, not in Git");
    }
  }

  private void write(Item item, Path target) throws IOException {
    var file = target.resolve(item.path());
    Files.createDirectories(file.getParent());
    var content = reader.open(item.blob(), Constants.OBJ_BLOB);
    var digest = Constants.newMessageDigest();
    digest.update(("blob " + content.getSize() + "\0").getBytes(StandardCharsets.US_ASCII));
    try (var sink = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      content.copyTo(new DigestOutputStream(sink, digest));
    } catch (FileAlreadyExistsException e) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          item.path(),
          "differs from another path of commit " + commit + " in capitals only; rename one");
    }
    requireSame(item.blob(), digest);
    if (item.executable() && !file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + item.path() + " executable");
    }
  }

  private byte[] verified(ObjectId id, int type) throws IOException {
    var bytes = reader.open(id, type).getBytes();
    try (var names = new ObjectInserter.Formatter()) {
      if (!names.idFor(type, bytes).equals(id)) {
        throw changed(id);
      }
    }
    return bytes;
  }

  private void requireSame(ObjectId id, MessageDigest digest) {
    if (!ObjectId.fromRaw(digest.digest()).equals(id)) {
      throw changed(id);
    }
  }

  private Rejection changed(ObjectId id) {
    return new Rejection(
        ErrorCode.DATA_CHANGED,
        "the repository was changed: object "
            + id.name()
            + " of commit "
            + commit
            + " has other bytes than its name says; restore the repository from its backup");
  }
}
