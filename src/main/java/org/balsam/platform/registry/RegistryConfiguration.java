package org.balsam.platform.registry;

import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.platform.registry.builtin.BuiltinModelRegistry;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Chooses the model registry and publishes it in its audited form only. */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

  @Bean
  ModelRegistry modelRegistry(
      RegistryProperties properties,
      JdbcClient database,
      PlatformTransactionManager transactions,
      ObjectStore store,
      BucketNames buckets,
      Clock clock,
      AuditTrail trail) {
    var registry =
        switch (properties.type()) {
          case BUILTIN ->
              new BuiltinModelRegistry(
                  database, new TransactionTemplate(transactions), store, buckets, clock);
        };
    return new AuditedModelRegistry(registry, trail);
  }
}
