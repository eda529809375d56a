package org.balsam.platform.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import org.balsam.kernel.Sha256;
import org.balsam.platform.messaging.Messenger.Notice;

/**
 * A notice to one receiver.
 *
 * @param receiver a person's id, or {@code #} and a word for a place that many read
 * @param at when the notice was sent
 * @param attempt counts from 1
 */
public record Letter(Notice notice, String receiver, Instant at, int attempt) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_-]");
  private static final int LONGEST = 150;

  /** Whether the receiver is a person. */
  public boolean personal() {
    return !receiver.startsWith("#");
  }

  /**
   * The notice's key in the letters that headers may hold, the same each time that the notice is
   * sent: letters, digits, {@code /}, {@code _} and {@code -} stay, other bytes become {@code %XX};
   * what would be too long becomes its SHA-256.
   */
  public String id() {
    var id = new StringBuilder();
    for (var octet : notice.key().getBytes(StandardCharsets.UTF_8)) {
      var letter = String.valueOf((char) (octet & 0xff));
      id.append(PLAIN.matcher(letter).matches() ? letter : "%%%02X".formatted(octet & 0xff));
    }
    return id.length() <= LONGEST ? id.toString() : Sha256.of(notice.key()).value();
  }
}
