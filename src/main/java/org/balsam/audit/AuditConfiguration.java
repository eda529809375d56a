package org.balsam.audit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import javax.sql.DataSource;
import org.balsam.audit.format.SigningKey;
import org.balsam.kernel.BalsamHome;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the trail together. */
@Configuration
class AuditConfiguration {

  @Bean
  SigningKey auditSigningKey(BalsamHome home, AuditProperties properties) {
    var file = properties.key() == null ? home.resolve("audit/key") : properties.key();
    return KeyFile.ensure(file, properties.origin());
  }

  @Bean(destroyMethod = "close")
  @DependsOnDatabaseInitialization
  AuditDatabase auditDatabase(DataSource source) {
    return new AuditDatabase(source);
  }

  @Bean
  EventWriter eventWriter(AuditProperties properties, AuditDatabase database, SigningKey key) {
    var node = properties.node() == null ? hostName() : properties.node();
    return new EventWriter(node, database, key).register();
  }

  @Bean
  AuditTrail auditTrail(EventWriter writer, AuditDatabase database, Clock clock) {
    return new JdbcAuditTrail(writer, database, clock);
  }

  @Bean
  AuditSealer auditSealer(
      AuditDatabase database,
      EventWriter writer,
      AuditTrail trail,
      SigningKey key,
      BalsamHome home) {
    var files = new CheckpointFiles(home.resolve("audit/checkpoints"), key.verifier());
    return new AuditSealer(database, writer, trail, key, files);
  }

  @Bean
  AuditLifecycle auditLifecycle(
      AuditSealer sealer,
      AuditDatabase database,
      EventWriter writer,
      AuditTrail trail,
      AuditProperties properties) {
    var housekeeping = new AuditHousekeeping(database, writer, trail);
    return new AuditLifecycle(sealer, housekeeping, properties.interval());
  }

  @Bean
  AuditLog auditLog(AuditDatabase database, SigningKey key) {
    return new AuditLog(database.joined(), key.verifier().toString(), key.verifier().name());
  }

  @Bean
  SealedEvents sealedEvents(AuditDatabase database) {
    return new SealedEvents(database.joined());
  }

  @Bean
  AuditExport auditExport(DataSource source, SigningKey key) {
    return new AuditExport(source, key.verifier());
  }

  @Bean
  AuditErasure auditErasure(AuditDatabase database, AuditTrail trail) {
    return new AuditErasure(database, trail);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "node";
    }
  }
}
