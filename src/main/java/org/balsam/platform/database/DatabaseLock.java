package org.balsam.platform.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says which process may start and stop the server of a folder. The operating system frees it when
 * its holder dies, however it dies; the server that a killed holder leaves behind is then the next
 * holder's to stop.
 */
final class DatabaseLock implements AutoCloseable {

  private final FileChannel channel;

  private DatabaseLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes it without waiting.
   *
   * @throws IllegalStateException if another process, or another part of this one, holds it
   */
  static DatabaseLock take(Path folder) throws IOException {
    var file = folder.resolve("lock");
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw taken(folder, Files.readString(file));
      }
      channel.truncate(0);
      var pid = String.valueOf(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      return new DatabaseLock(channel);
    } catch (OverlappingFileLockException ours) {
      channel.close();
      throw taken(folder, String.valueOf(ProcessHandle.current().pid()));
    } catch (IOException | IllegalStateException refused) {
      channel.close();
      throw refused;
    }
  }

  private static IllegalStateException taken(Path folder, String pid) {
    return new IllegalStateException(
        "another Balsam (process "
            + (pid.isBlank() ? "unknown" : pid)
            + ") already works on "
            + folder.getParent()
            + ": its database is open there, and one folder serves one Balsam at a time. Stop that"
            + " one, or give this one a folder of its own with --balsam.home=DIR");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
