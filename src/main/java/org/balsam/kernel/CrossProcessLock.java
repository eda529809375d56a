package org.balsam.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock file that excludes other threads and other processes alike. The operating system frees it
 * when its holder dies, however it dies; the file itself stays. Nobody else may open the file.
 */
public final class CrossProcessLock {

  // Locks of the operating system belong to the process, so threads exclude each other in here.
  private static final ConcurrentHashMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private CrossProcessLock() {}

  /**
   * What is done under the lock.
   *
   * @param <T> the result
   * @param <E> what it may throw
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }

  /**
   * Waits for the lock, does the work, frees the lock. The same thread may enter again.
   *
   * @param file the lock file; made when it does not exist, its folder must exist
   * @throws IOException when the file cannot be opened or locked
   */
  public static <T, E extends Exception> T holding(Path file, Work<T, E> work)
      throws E, IOException {
    var key = file.toAbsolutePath().normalize();
    var threads = THREADS.computeIfAbsent(key, path -> new ReentrantLock());
    threads.lock();
    try {
      return threads.getHoldCount() > 1 ? work.run() : holdingFile(key, work);
    } finally {
      threads.unlock();
    }
  }

  private static <T, E extends Exception> T holdingFile(Path file, Work<T, E> work)
      throws E, IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("the lock " + file + " was lost");
      }
      return work.run();
    }
  }
}
