package org.balsam.platform.storage;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.platform.storage.minio.MinioObjectStore;
import org.balsam.platform.storage.s3.S3ObjectStore;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

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

  /**
   * The storage that the environment names by {@code BALSAM_STORAGE_TYPE} and what belongs to it,
   * otherwise the one in a folder.
   *
   * @param folder what the server uses: {@code objects} under its home
   * @param temporary a folder for what is being written to a server
   */
  public static ObjectStore open(
      Path folder, Map<String, String> environment, Path temporary, Clock clock) {
    return open(settings(environment), folder, temporary, clock, StorageRoom.UNLIMITED);
  }

  /** Whether the environment names a server, so that no folder is needed. */
  public static boolean isOnServer(Map<String, String> environment) {
    return settings(environment).type() != StorageProperties.Type.FILESYSTEM;
  }

  static ObjectStore open(
      StorageProperties settings, Path folder, Path temporary, Clock clock, StorageRoom room) {
    var target = settings.target();
    return switch (settings.type()) {
      case FILESYSTEM -> new FilesystemObjectStore(folder, clock, room);
      case MINIO -> new MinioObjectStore(settings.requireServer(), temporary, target, room);
      case S3 -> new S3ObjectStore(settings.requireServer(), temporary, target, room);
    };
  }

  private static StorageProperties settings(Map<String, String> environment) {
    var sources = new MutablePropertySources();
    sources.addFirst(
        new SystemEnvironmentPropertySource("systemEnvironment", new HashMap<>(environment)));
    return new Binder(ConfigurationPropertySources.from(sources))
        .bindOrCreate("balsam.storage", StorageProperties.class);
  }
}
