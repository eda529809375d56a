package org.balsam.platform.storage;

import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Probe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the object storage and publishes it in its audited form only. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

  @Bean
  ObjectStore objectStore(
      StorageProperties properties, BalsamHome home, Clock clock, AuditTrail trail) {
    return new AuditedObjectStore(open(properties, home, clock), trail);
  }

  @Bean
  Probe storageProbe(
      StorageProperties properties, BalsamHome home, BucketNames names, Clock clock) {
    var target =
        switch (properties.type()) {
          case FILESYSTEM -> "filesystem " + home.resolve("objects");
          case MINIO -> "minio " + properties.requireServer().endpoint();
          case S3 -> "s3 " + properties.requireServer().endpoint();
        };
    return new StorageProbe(open(properties, home, clock), names, target, clock);
  }

  private static ObjectStore open(StorageProperties properties, BalsamHome home, Clock clock) {
    return DetachedStorage.open(
        properties, home.resolve("objects"), home.resolve("tmp").resolve("storage"), clock);
  }

  @Bean
  StorageAccess storageAccess(StorageProperties properties, BalsamHome home) {
    return StorageAccess.of(properties, home.resolve("objects"));
  }
}
