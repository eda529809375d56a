package org.balsam.platform.messaging.webhook;

import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.messaging.Channel;
import org.balsam.platform.messaging.DeliveryTrouble;
import org.balsam.platform.messaging.Letter;
import org.balsam.platform.messaging.MessagingProperties.Webhook;
import org.balsam.platform.messaging.Messenger.Notice;
import org.balsam.platform.messaging.SecretFile;
import org.balsam.platform.messaging.http.OutgoingHttp;

/** Posts notices to one address. What an answer says besides its status is not looked at. */
public final class WebhookChannel implements Channel {

  private static final List<String> PLACE = List.of("#webhook");

  private final String name;
  private final Webhook settings;
  private final SecretFile url;
  private final Payload payload;
  private final OutgoingHttp http;

  /**
   * For one configured webhook, which is not called yet.
   *
   * @throws Invalid when the file with the address cannot be used
   */
  public WebhookChannel(String name, Webhook settings, Payload payload, OutgoingHttp http) {
    this.name = name;
    this.settings = settings;
    this.url =
        new SecretFile("balsam.messaging.webhooks." + name + ".url-file", settings.urlFile());
    this.payload = payload;
    this.http = http;
    url.check(1);
    try {
      http.address(url.line(), url.key());
    } catch (DeliveryTrouble unusable) {
      throw new Invalid(ErrorCode.INVALID_INPUT, url.key(), String.valueOf(unusable.getMessage()));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> receivers(Notice notice) {
    var wanted =
        (settings.projects().isEmpty() || settings.projects().contains(notice.project().value()))
            && (settings.toRoles() || notice.groups().isEmpty());
    return wanted ? PLACE : List.of();
  }

  @Override
  public void deliver(Letter letter) {
    var sent = payload.of(letter);
    http.require(
        http.post(http.address(url.line(), url.key()), sent.body(), sent.type(), sent.headers()));
  }

  /** Webhooks have no request without effect; any answer but a fault of the server will do. */
  @Override
  public void probe() {
    var status = http.options(http.address(url.line(), url.key())).status();
    if (status >= 500) {
      throw DeliveryTrouble.temporary("the receiver answered " + status);
    }
  }
}
