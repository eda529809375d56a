package org.balsam.platform.messaging.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.balsam.kernel.Installation;
import org.balsam.platform.messaging.Letter;
import org.balsam.platform.messaging.Links;
import org.balsam.platform.messaging.SecretFile;

/**
 * A CloudEvent 1.0 in structured mode, signed as the Standard Webhooks specification says: the
 * header {@code webhook-signature} is HMAC-SHA256 over {@code
 * <webhook-id>.<webhook-timestamp>.<body>}.
 */
public final class CloudEventsPayload implements Payload {

  private static final JsonMapper JSON = new JsonMapper();

  private final Installation installation;
  private final SecretFile secret;
  private final Links links;
  private final Clock clock;

  /**
   * For one receiver.
   *
   * @throws org.balsam.kernel.Invalid when the file holds no key
   */
  public CloudEventsPayload(
      Installation installation, SecretFile secret, Links links, Clock clock) {
    this.installation = installation;
    this.secret = secret;
    this.links = links;
    this.clock = clock;
    secret.check(1);
    WebhookSignature.check(secret);
  }

  @Override
  public Content of(Letter letter) {
    var body = body(letter);
    var seconds = Long.toString(clock.instant().getEpochSecond());
    return new Content(
        body,
        "application/cloudevents+json; charset=utf-8",
        Map.of(
            "webhook-id",
            letter.id(),
            "webhook-timestamp",
            seconds,
            "webhook-signature",
            WebhookSignature.of(secret, letter.id(), seconds, body)));
  }

  private byte[] body(Letter letter) {
    var notice = letter.notice();
    var event = new LinkedHashMap<String, Object>();
    event.put("specversion", "1.0");
    event.put("id", letter.id());
    event.put(
        "source", "/balsam/" + installation.organisation() + "/" + installation.environment());
    event.put("type", "org.balsam.notice." + notice.kind().value() + ".v1");
    event.put("subject", notice.project().value());
    event.put("time", letter.at().toString());
    event.put("datacontenttype", "application/json");
    event.put(
        "data",
        Map.of(
            "key",
            notice.key(),
            "project",
            notice.project().value(),
            "groups",
            notice.groups(),
            "subject",
            notice.subject(),
            "text",
            notice.text(),
            "link",
            links.to(notice.link())));
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
