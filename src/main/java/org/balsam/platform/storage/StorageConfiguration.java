package org.balsam.platform.storage;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Probe;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.minio.MinioObjectStore;
import org.balsam.platform.storage.remote.RemoteStorageAccess;
import org.balsam.platform.storage.remote.SessionKeys;
import org.balsam.platform.storage.s3.S3ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Chooses the object storage and publishes it in its audited form only. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(StorageConfiguration.class);

  @Bean
  TemporaryFolder temporaryFolder(BalsamHome home) {
    return new TemporaryFolder(home);
  }

  @Bean
  ObjectStore objectStore(
      StorageProperties properties,
      BalsamHome home,
      TemporaryFolder temporary,
      Clock clock,
      StorageQuotas quotas,
      AuditTrail trail) {
    return new AuditedObjectStore(open(properties, home, temporary, clock, quotas::take), trail);
  }

  @Bean
  StorageQuotas storageQuotas(JdbcClient database, StorageProperties properties) {
    return new StorageQuotas(database, properties.quota());
  }

  @Bean
  StorageMeter storageMeter(
      StorageQuotas quotas, ObjectStore store, BucketNames names, StorageProperties properties) {
    return new StorageMeter(quotas, store, names, properties.measureInterval());
  }

  @Bean
  Probe storageProbe(
      StorageProperties properties,
      BalsamHome home,
      TemporaryFolder temporary,
      BucketNames names,
      Clock clock) {
    var target =
        switch (properties.type()) {
          case FILESYSTEM -> "filesystem " + home.resolve("objects");
          case MINIO -> "minio " + properties.requireServer().endpoint();
          case S3 -> "s3 " + properties.requireServer().endpoint();
        };
    var store = open(properties, home, temporary, clock, StorageRoom.UNLIMITED);
    return new StorageProbe(store, names, target, clock);
  }

  private static ObjectStore open(
      StorageProperties properties,
      BalsamHome home,
      TemporaryFolder temporary,
      Clock clock,
      StorageRoom room) {
    return DetachedStorage.open(
        properties, home.resolve("objects"), temporary.path().resolve("storage"), clock, room);
  }

  @Bean
  StorageAccess storageAccess(StorageProperties properties, BalsamHome home, AuditTrail trail) {
    var folder = home.resolve("objects");
    return new AuditedStorageAccess(
        switch (properties.type()) {
          case FILESYSTEM -> StorageAccess.filesystem(folder);
          case MINIO -> onServer(properties, folder, MinioObjectStore::keys);
          case S3 -> onServer(properties, folder, S3ObjectStore::keys);
        },
        trail);
  }

  private static StorageAccess onServer(
      StorageProperties properties, Path folder, Function<Server, SessionKeys> keys) {
    var server = properties.requireServer();
    return new RemoteStorageAccess(
        properties.type(),
        server,
        folder,
        switch (server.stepKeys()) {
          case ASSUME_ROLE -> Optional.of(keys.apply(server));
          case SHARED -> {
            LOG.warn(
                "balsam.storage.server.step-keys is 'shared': every step gets the key with which"
                    + " Balsam reaches the storage of all projects");
            yield Optional.empty();
          }
        });
  }
}
