package org.balsam.platform.storage;

import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the object storage and publishes it in its audited form only. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

  @Bean
  ObjectStore objectStore(
      StorageProperties properties, BalsamHome home, Clock clock, AuditTrail trail) {
    return new AuditedObjectStore(
        DetachedStorage.open(
            properties, home.resolve("objects"), home.resolve("tmp").resolve("storage"), clock),
        trail);
  }

  @Bean
  StorageAccess storageAccess(StorageProperties properties, BalsamHome home) {
    return StorageAccess.of(properties, home.resolve("objects"));
  }
}
