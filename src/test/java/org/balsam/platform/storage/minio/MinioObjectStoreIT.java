package org.balsam.platform.storage.minio;

import java.nio.file.Path;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.StorageRoom;
import org.balsam.platform.storage.remote.RemoteObjectStoreContract;
import org.balsam.platform.storage.remote.S3Calls;
import org.balsam.platform.storage.remote.SessionKeys;

class MinioObjectStoreIT extends RemoteObjectStoreContract {

  @Override
  protected ObjectStore store(Server server, Path spool, StorageRoom room) {
    return new MinioObjectStore(server, spool, null, room);
  }

  @Override
  protected S3Calls calls(Server server) {
    return MinioCalls.of(server);
  }

  @Override
  protected SessionKeys keys(Server server) {
    return MinioObjectStore.keys(server);
  }

  @Override
  protected boolean endsKeys() {
    return true;
  }

  @Override
  protected String type() {
    return "minio";
  }
}
