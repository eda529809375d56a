package org.balsam.platform.storage.filesystem;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Changes to files that survive a power cut once the call has returned. */
final class DurableFiles {

  private static final boolean FOLDERS_CAN_BE_SYNCED = File.separatorChar == '/';

  private DurableFiles() {}

  /** Replaces or makes {@code target} in one step, by way of a file in {@code temporaryFolder}. */
  static void write(Path target, byte[] content, Path temporaryFolder) throws IOException {
    var temporary = Files.createTempFile(temporaryFolder, "write", "");
    try {
      try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Moves a file that was forced to disk already; replaces {@code target}. */
  static void move(Path source, Path target) throws IOException {
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    sync(target.getParent());
  }

  static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      sync(file.getParent());
    }
  }

  /**
   * Makes the folders from below {@code existing} down to {@code folder}.
   *
   * @throws java.nio.file.NoSuchFileException when {@code existing} does not exist
   */
  static void createFolders(Path existing, Path folder) throws IOException {
    var current = existing;
    for (var name : existing.relativize(folder)) {
      current = current.resolve(name);
      createFolder(current);
    }
  }

  static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    FilesystemFailures.refuseLink(folder);
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
    sync(folder.getParent());
  }

  private static void sync(Path folder) throws IOException {
    if (FOLDERS_CAN_BE_SYNCED) {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
