package org.balsam.platform.registry;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Probe;
import org.balsam.platform.messaging.Messenger;
import org.balsam.platform.registry.builtin.BuiltinModelRegistry;
import org.balsam.platform.registry.mlflow.MlflowModelRegistry;
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

  /** The registry that decides, and the one that shows it, where there is one. */
  record Registries(ModelRegistry decided, Optional<MlflowModelRegistry> shown) {}

  @Bean
  Registries registries(
      RegistryProperties properties,
      Installation installation,
      JdbcClient database,
      PlatformTransactionManager transactions,
      ObjectStore store,
      BucketNames buckets,
      Clock clock) {
    var decided =
        new BuiltinModelRegistry(
            database, new TransactionTemplate(transactions), store, buckets, clock);
    return switch (properties.type()) {
      case BUILTIN -> new Registries(decided, Optional.empty());
      case MLFLOW ->
          new Registries(
              decided,
              Optional.of(
                  new MlflowModelRegistry(
                      decided,
                      properties.requireMlflow(),
                      installation,
                      database,
                      transactions,
                      store,
                      clock)));
    };
  }

  @Bean
  ModelRegistry modelRegistry(Registries registries, AuditTrail trail) {
    return new AuditedModelRegistry(
        registries.shown().map(ModelRegistry.class::cast).orElse(registries.decided()), trail);
  }

  @Bean
  RegistryWatch registryWatch(
      Registries registries,
      RegistryProperties properties,
      Messenger messenger,
      AuditTrail trail,
      JdbcClient database,
      PlatformTransactionManager transactions) {
    return new RegistryWatch(
        registries.shown(),
        messenger,
        trail,
        database,
        transactions,
        properties.mlflow() == null ? Duration.ofMinutes(5) : properties.mlflow().comparison());
  }

  @Bean
  Probe registryProbe(Registries registries, RegistryProperties properties) {
    return new RegistryProbe(registries.shown(), properties);
  }
}
