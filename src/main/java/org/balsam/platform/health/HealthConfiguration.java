package org.balsam.platform.health;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Probe;
import org.balsam.platform.compute.ComputeProperties;
import org.balsam.platform.forge.ForgeProperties;
import org.balsam.platform.identity.IdentityProperties;
import org.balsam.platform.storage.StorageProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Looks at every adapter that publishes a probe, and keeps which ones are in use. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

  @Bean
  Examination examination(List<Probe> probes, Clock clock) {
    return new Examination(probes, Examination.LIMIT, clock);
  }

  @Bean
  HealthWatch healthWatch(Examination examination, HealthProperties properties) {
    return new HealthWatch(examination, properties.interval());
  }

  /** Its name is that of the component in the answer of {@code /actuator/health}. */
  @Bean
  AdapterHealth adapters(HealthWatch watch) {
    return new AdapterHealth(watch);
  }

  @Bean
  AdapterChange adapterChange(
      StorageProperties storage,
      ForgeProperties forge,
      ComputeProperties compute,
      IdentityProperties identity,
      AdapterProperties properties,
      List<Holdings> holdings,
      JdbcClient jdbc,
      TransactionOperations transaction,
      AuditTrail audit) {
    var configured =
        Map.of(
            "storage", name(storage.type()),
            "forge", name(forge.type()),
            "compute", name(compute.type()),
            "identity", name(identity.type()));
    return new AdapterChange(configured, holdings, properties, jdbc, transaction, audit);
  }

  private static String name(Enum<?> type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
