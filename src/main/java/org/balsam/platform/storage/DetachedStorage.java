package org.balsam.platform.storage;

import java.nio.file.Path;
import java.time.Clock;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;

/**
 * Object storage for a process without Spring and without an audit trail: the step runner. The
 * server records what the runner wrote when it collects the result.
 */
public final class DetachedStorage {

  private DetachedStorage() {}

  /**
   * The storage in a folder, which other processes may use at the same time.
   *
   * @param folder what the server uses: {@code objects} under its home
   */
  public static ObjectStore filesystem(Path folder, Clock clock) {
    return new FilesystemObjectStore(folder, clock);
  }
}
