package org.balsam.platform.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.CrossProcessLock;

/**
 * Where this process keeps files that nobody needs after it: a folder of its own in {@code tmp} of
 * the home. Whoever starts next removes what processes left behind that are gone, however they
 * ended. Threads may share it.
 */
public final class TemporaryFolder implements AutoCloseable {

  private static final String LOCK = ".lock";

  private final Path folder;
  private final FileChannel held;

  /**
   * Makes it.
   *
   * @throws UncheckedIOException when the home cannot be written to
   */
  public TemporaryFolder(BalsamHome home) {
    var root = home.resolve("tmp");
    folder = root.resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(root);
      held = CrossProcessLock.holding(root.resolve(LOCK), () -> take(root));
    } catch (IOException trouble) {
      throw new UncheckedIOException("cannot make " + folder, trouble);
    }
  }

  private FileChannel take(Path root) throws IOException {
    try (var left = Files.newDirectoryStream(root, path -> !path.endsWith(LOCK))) {
      for (var path : left) {
        if (isLeft(path)) {
          deleteTree(path);
        }
      }
    }
    Files.createDirectory(folder);
    var channel = open(folder.resolve(LOCK));
    channel.lock();
    return channel;
  }

  private static boolean isLeft(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return true;
    }
    try (var channel = open(path.resolve(LOCK));
        var lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    }
  }

  private static FileChannel open(Path lock) throws IOException {
    return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void deleteTree(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /** A new empty file; who asks for it deletes it. */
  public Path file(String prefix, String suffix) throws IOException {
    return Files.createTempFile(folder, prefix, suffix);
  }

  /** Removes it. */
  @Override
  public void close() throws IOException {
    held.close();
    deleteTree(folder);
  }
}
