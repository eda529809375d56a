package org.balsam.platform.storage;

import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the object storage and publishes it in its audited form only. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

  @Bean
  ObjectStore objectStore(
      StorageProperties properties, BalsamHome home, Clock clock, AuditTrail trail) {
    var store =
        switch (properties.type()) {
          case FILESYSTEM -> new FilesystemObjectStore(home.resolve("objects"), clock);
        };
    return new AuditedObjectStore(store, trail);
  }
}
