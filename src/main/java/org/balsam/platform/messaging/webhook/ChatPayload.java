package org.balsam.platform.messaging.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.balsam.platform.messaging.Letter;
import org.balsam.platform.messaging.Links;

/**
 * The field {@code text} that the incoming webhooks of Mattermost, Slack and Rocket.Chat share.
 * What people wrote is shown as it is written: it formats nothing, hides no address behind a word,
 * and calls nobody.
 */
public final class ChatPayload implements Payload {

  private static final JsonMapper JSON = new JsonMapper();

  private final UnaryOperator<String> escape;
  private final Links links;

  private ChatPayload(UnaryOperator<String> escape, Links links) {
    this.escape = escape;
    this.links = links;
  }

  /** For Slack. */
  public static ChatPayload slack(Links links) {
    return new ChatPayload(ChatPayload::slackText, links);
  }

  /** For Mattermost and Rocket.Chat, whose texts are Markdown. */
  public static ChatPayload markdown(Links links) {
    return new ChatPayload(ChatPayload::markdownText, links);
  }

  @Override
  public Content of(Letter letter) {
    try {
      return new Content(
          JSON.writeValueAsBytes(Map.of("text", text(letter))),
          "application/json; charset=utf-8",
          Map.of("webhook-id", letter.id()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The whole text of a message. */
  public String text(Letter letter) {
    var notice = letter.notice();
    return "*"
        + escape.apply(notice.project() + ": " + notice.subject())
        + "*\n"
        + escape.apply(notice.text())
        + (notice.link().isEmpty() ? "" : "\n" + links.to(notice.link()));
  }

  private static String slackText(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A word joiner, which is not seen, keeps {@code @all} from calling everybody. */
  private static String markdownText(String text) {
    return text.replaceAll("[\\\\`*_{}\\[\\]()#!|~<>]|(?m)^\\s*[-+]", "\\\\$0")
        .replace("@", "@\u2060");
  }
}
