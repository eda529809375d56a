package org.balsam.platform.messaging;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Probe;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.messaging.MessagingProperties.Webhook;
import org.balsam.platform.messaging.http.OutgoingHttp;
import org.balsam.platform.messaging.inapp.InAppMessenger;
import org.balsam.platform.messaging.mail.MailChannel;
import org.balsam.platform.messaging.rocketchat.RocketChatChannel;
import org.balsam.platform.messaging.webhook.ChatPayload;
import org.balsam.platform.messaging.webhook.CloudEventsPayload;
import org.balsam.platform.messaging.webhook.Payload;
import org.balsam.platform.messaging.webhook.WebhookChannel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Switches channels on, and publishes the messenger in its audited form only. */
@Configuration(proxyBeanMethods = false)
class MessagingConfiguration {

  @Bean
  Recipients recipients(Directory directory) {
    return new Recipients(directory);
  }

  @Bean
  Channels channels(
      MessagingProperties properties,
      Installation installation,
      Recipients recipients,
      Clock clock) {
    var links = new Links(properties.publicUrl());
    var http = new OutgoingHttp(properties, clock);
    var channels = new ArrayList<Channel>();
    if (properties.mail() != null) {
      channels.add(new MailChannel(properties, properties.mail(), recipients, links));
    }
    if (properties.rocketChat() != null) {
      channels.add(
          new RocketChatChannel(properties.rocketChat(), installation, recipients, links, http));
    }
    new TreeMap<>(properties.webhooks())
        .forEach(
            (name, webhook) ->
                channels.add(
                    new WebhookChannel(
                        name, webhook, payload(name, webhook, installation, links, clock), http)));
    return new Channels(channels);
  }

  private static Payload payload(
      String name, Webhook webhook, Installation installation, Links links, Clock clock) {
    return switch (webhook.dialect()) {
      case SLACK -> ChatPayload.slack(links);
      case MATTERMOST, ROCKET_CHAT -> ChatPayload.markdown(links);
      case CLOUD_EVENTS ->
          new CloudEventsPayload(
              installation,
              new SecretFile(
                  "balsam.messaging.webhooks." + name + ".secret-file",
                  Objects.requireNonNull(webhook.secretFile())),
              links,
              clock);
    };
  }

  @Bean
  Probe messagingProbe(Channels channels) {
    return new MessagingProbe(channels);
  }

  @Bean
  NoticeDeliveries noticeDeliveries(JdbcClient database, Clock clock) {
    return new NoticeDeliveries(database, clock);
  }

  @Bean
  NoticePreferences noticePreferences(JdbcClient database, Channels channels) {
    return new NoticePreferences(database, channels);
  }

  @Bean
  Messenger messenger(
      Channels channels,
      NoticePreferences preferences,
      JdbcClient database,
      Clock clock,
      AuditTrail trail) {
    var outbox = new Outbox(database, channels, clock);
    return new AuditedMessenger(
        new InAppMessenger(outbox, preferences, channels, database, clock), trail);
  }

  @Bean
  DeliveryLoop deliveryLoop(
      MessagingProperties properties,
      Channels channels,
      NoticeDeliveries deliveries,
      NoticePreferences preferences,
      Recipients recipients,
      AuditTrail trail) {
    var dispatches =
        channels.all().stream()
            .map(
                channel ->
                    new Dispatch(
                        channel,
                        deliveries,
                        preferences,
                        recipients,
                        trail,
                        () -> ThreadLocalRandom.current().nextDouble()))
            .toList();
    return new DeliveryLoop(dispatches, properties.interval());
  }
}
