package org.balsam.platform.storage.filesystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.balsam.kernel.ExternalFailure;
import org.jspecify.annotations.Nullable;

/** The one place that turns trouble of the file system into {@link ExternalFailure}. */
final class FilesystemFailures {

  static final String SYSTEM = "object storage";

  private FilesystemFailures() {}

  /** Work on files. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** Does the work; {@code doing} says what could not be done, for example "store a/b". */
  static <T extends @Nullable Object> T mapped(String doing, Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw failure(doing, e);
    } catch (UncheckedIOException e) {
      throw failure(doing, e.getCause());
    }
  }

  /** Stops where somebody put a symbolic link into the storage folder. */
  static void refuseLink(Path path) {
    if (Files.isSymbolicLink(path)) {
      throw damaged("'" + path.getFileName() + "' is a symbolic link, which Balsam never makes");
    }
  }

  /** Like {@link #refuseLink} for every folder from below {@code root} down to {@code folder}. */
  static void refuseLinks(Path root, Path folder) {
    var current = root;
    for (var name : root.relativize(folder)) {
      current = current.resolve(name);
      refuseLink(current);
    }
  }

  /** The storage folder holds what Balsam did not write; trying again does not help. */
  static ExternalFailure damaged(String what) {
    return new ExternalFailure(
        SYSTEM, false, what + "; restore the storage folder from its backup", null);
  }

  private static ExternalFailure failure(String doing, IOException e) {
    var reason =
        e instanceof FileSystemException file && file.getReason() != null
            ? file.getReason()
            : e.getClass().getSimpleName() + ": " + e.getMessage();
    return new ExternalFailure(
        SYSTEM, true, "could not " + doing + ": " + reason + "; check disk space and rights", e);
  }
}
