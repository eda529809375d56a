package org.balsam.platform.messaging.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.messaging.DeliveryTrouble;
import org.balsam.platform.messaging.SecretFile;

/**
 * The signature {@code v1,<base64>} of the Standard Webhooks specification: HMAC-SHA256 over id,
 * seconds and body, joined by full stops, with a key of 24 to 64 bytes that is written {@code
 * whsec_<base64>}.
 */
final class WebhookSignature {

  private static final String PREFIX = "whsec_";

  private WebhookSignature() {}

  static String of(SecretFile secret, String id, String seconds, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Demands at start that the file holds a key. */
  static void check(SecretFile secret) {
    try {
      key(secret);
    } catch (DeliveryTrouble unusable) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, secret.key(), String.valueOf(unusable.getMessage()));
    }
  }

  private static byte[] key(SecretFile secret) {
    var line = secret.line();
    var key = line.startsWith(PREFIX) ? decoded(line.substring(PREFIX.length())) : new byte[0];
    if (key.length < 24 || key.length > 64) {
      throw DeliveryTrouble.temporary(
          "the file named by "
              + secret.key()
              + " has no key; allowed: whsec_ and 24 to 64 random bytes in Base64");
    }
    return key;
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }
}
