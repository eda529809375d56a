package org.balsam.platform.storage.s3;

import java.nio.file.Path;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.StorageRoom;
import org.balsam.platform.storage.remote.RemoteObjectStore;
import org.balsam.platform.storage.remote.SessionKeys;
import org.jspecify.annotations.Nullable;

/** Object storage on a server that speaks S3, called by the library of Amazon Web Services. */
public final class S3ObjectStore extends RemoteObjectStore {

  /**
   * The storage on a server, which is not called yet.
   *
   * @param spool a folder for what is being written
   * @param target what the server tells of new objects in raw buckets, by its name there; null for
   *     nobody
   * @param room what may be stored
   */
  public S3ObjectStore(Server server, Path spool, @Nullable String target, StorageRoom room) {
    super(AwsCalls.of(server), server, spool, target, room);
  }

  /** The server's maker of keys for others, which is not called yet. */
  public static SessionKeys keys(Server server) {
    return new AwsSessionKeys(server);
  }
}
