package org.balsam.platform.storage.s3;

import java.nio.file.Path;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.remote.RemoteObjectStoreContract;
import org.balsam.platform.storage.remote.S3Calls;
import org.balsam.platform.storage.remote.SessionKeys;

class S3ObjectStoreIT extends RemoteObjectStoreContract {

  @Override
  protected ObjectStore store(Server server, Path spool) {
    return new S3ObjectStore(server, spool, null);
  }

  @Override
  protected S3Calls calls(Server server) {
    return new AwsCalls(AwsClient.of(server), server.conditionalWrites());
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
