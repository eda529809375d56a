package org.balsam.platform.compute;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files that are there whole or not at all, whenever the process or the machine stops. */
public final class DurableFiles {

  private DurableFiles() {}

  /** Writes or replaces {@code file}. */
  public static void write(Path file, byte[] content) throws IOException {
    var temporary = temporary(file, content);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Writes {@code file} unless it exists; of several writers at once exactly one wins.
   *
   * @return whether this call wrote it
   */
  public static boolean create(Path file, byte[] content) throws IOException {
    if (Files.exists(file)) {
      return false;
    }
    var temporary = temporary(file, content);
    try {
      Files.createLink(file, temporary);
      return true;
    } catch (FileAlreadyExistsException lost) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Removes a folder with everything in it, also what is read-only; links are not followed. */
  public static void deleteTree(Path folder) throws IOException {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (NoSuchFileException gone) {
      // nothing to delete
    }
  }

  private static Path temporary(Path file, byte[] content) throws IOException {
    var temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try (var channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    return temporary;
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!Files.isWritable(folder)) {
        open(folder);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException trouble) throws IOException {
      if (trouble instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      if (!(trouble instanceof AccessDeniedException) || !open(file)) {
        throw trouble;
      }
      Files.walkFileTree(file, this);
      return FileVisitResult.CONTINUE;
    }

    /** Whether the permissions were not open before and are now. */
    private static boolean open(Path folder) throws IOException {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          || Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder)) {
        return false;
      }
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      return true;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException trouble)
        throws IOException {
      if (trouble != null) {
        throw trouble;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
