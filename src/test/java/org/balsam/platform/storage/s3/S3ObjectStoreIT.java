package org.balsam.platform.storage.s3;

import java.nio.file.Path;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.StorageRoom;
import org.balsam.platform.storage.remote.RemoteObjectStoreContract;
import org.balsam.platform.storage.remote.S3Calls;
import org.balsam.platform.storage.remote.SessionKeys;

class S3ObjectStoreIT extends RemoteObjectStoreContract {

  @Override
  protected ObjectStore store(Server server, Path spool, StorageRoom room) {
    return new S3ObjectStore(server, spool, null, room);
  }

  @Override
  protected S3Calls calls(Server server) {
    return AwsCalls.of(server);
  }

  @Override
  protected SessionKeys keys(Server server) {
    return S3ObjectStore.keys(server);
  }

  @Override
  protected boolean endsKeys() {
    return false;
  }

  @Override
  protected String type() {
    return "s3";
  }
}
