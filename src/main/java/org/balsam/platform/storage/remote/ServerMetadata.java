package org.balsam.platform.storage.remote;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Sha256;

/**
 * User metadata on its way to headers and back. Headers lose outer spaces and empty values, so
 * spaces are percent-encoded. One key of Balsam's own holds the checksum of the bytes.
 */
final class ServerMetadata {

  private static final String SHA256 = "balsam-sha256";
  private static final int MOST = 2048;

  private ServerMetadata() {}

  /**
   * What is sent.
   *
   * @throws Invalid when it is more than S3 takes, 2048 characters with Balsam's own
   */
  static Map<String, String> encode(Map<String, String> metadata, Sha256 sha256) {
    var encoded = new TreeMap<String, String>();
    metadata.forEach((key, value) -> encoded.put(key, encode(value)));
    if (encoded.put(SHA256, sha256.value()) != null) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "metadata", SHA256 + " is a name of Balsam's own");
    }
    var total =
        encoded.entrySet().stream().mapToInt(e -> e.getKey().length() + e.getValue().length());
    if (total.sum() > MOST) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "metadata",
          "is more than the storage server takes, "
              + MOST
              + " characters together with a checksum");
    }
    return encoded;
  }

  /** What was meant; for objects that somebody else wrote what is there. */
  static Map<String, String> decode(Map<String, String> stored) {
    var decoded = new TreeMap<>(stored);
    if (decoded.remove(SHA256) != null) {
      decoded.replaceAll((key, value) -> decode(value));
    }
    return Map.copyOf(decoded);
  }

  /** The checksum on record; empty for objects that somebody else wrote. */
  static Optional<Sha256> sha256(Map<String, String> stored) {
    return Optional.ofNullable(stored.get(SHA256))
        .filter(value -> value.matches("[0-9a-f]{64}"))
        .map(Sha256::new);
  }

  private static String encode(String value) {
    return value.isEmpty() ? "%" : value.replace("%", "%25").replace(" ", "%20");
  }

  private static String decode(String value) {
    return value.equals("%") ? "" : value.replace("%20", " ").replace("%25", "%");
  }
}
