package org.balsam.platform.messaging;

import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.platform.messaging.inapp.InAppMessenger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Chooses the messenger and publishes it in its audited form only. */
@Configuration(proxyBeanMethods = false)
class MessagingConfiguration {

  @Bean
  Outbox outbox(JdbcClient database, PlatformTransactionManager transactions, Clock clock) {
    return new Outbox(database, new TransactionTemplate(transactions), clock);
  }

  @Bean
  Messenger messenger(
      MessagingProperties properties,
      Outbox outbox,
      JdbcClient database,
      Clock clock,
      AuditTrail trail) {
    var messenger =
        switch (properties.type()) {
          case IN_APP -> new InAppMessenger(outbox, database, clock);
        };
    return new AuditedMessenger(messenger, trail);
  }

  @Bean
  DeliveryLoop deliveryLoop(MessagingProperties properties, Outbox outbox, AuditTrail trail) {
    Delivery delivery =
        switch (properties.type()) {
          case IN_APP -> InAppMessenger::log;
        };
    return new DeliveryLoop(outbox, delivery, trail, properties.interval());
  }
}
