package org.balsam.platform.storage;

import java.util.Map;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/**
 * The rules for keys and metadata, the same for every adapter; checked before storage is touched.
 */
public final class ObjectKeys {

  private static final int LONGEST = 512;
  private static final int MOST_METADATA = 2048;
  private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9._=/-]*+");
  private static final Pattern METADATA_KEY = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int MOST_TAGS = 10;
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9+=._:/@ -]{0,256}+");
  private static final Pattern METADATA_VALUE = Pattern.compile("[\\x20-\\x7e]*+");

  private ObjectKeys() {}

  /**
   * The key itself.
   *
   * @throws Invalid when {@link ObjectStore} does not allow it
   */
  public static String check(String key) {
    if (!isAllowed(key)) {
      throw invalid("key", key, "1 to 512");
    }
    return key;
  }

  /** Whether {@link ObjectStore} allows the key. */
  public static boolean isAllowed(String key) {
    return allowed(key) && segmentsAllowed(key);
  }

  /**
   * The prefix itself: empty, or the beginning of an allowed key.
   *
   * @throws Invalid when no allowed key begins with it
   */
  public static String checkPrefix(String prefix) {
    var complete = prefix.lastIndexOf('/');
    if (!allowed(prefix) || (complete >= 0 && !segmentsAllowed(prefix.substring(0, complete)))) {
      throw invalid("prefix", prefix, "0 to 512");
    }
    return prefix;
  }

  /**
   * A copy of the metadata.
   *
   * @throws Invalid when a key is not {@code [a-z0-9-]{1,64}}, a value is not printable ASCII, or
   *     all together have more than 2048 characters
   */
  public static Map<String, String> checkMetadata(Map<String, String> metadata) {
    var total = 0;
    for (var entry : metadata.entrySet()) {
      total += entry.getKey().length() + entry.getValue().length();
      if (!METADATA_KEY.matcher(entry.getKey()).matches()
          || !METADATA_VALUE.matcher(entry.getValue()).matches()) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "metadata",
            "'"
                + printable(entry.getKey())
                + "' is not allowed; keys are 1 to 64 of a-z 0-9 -, values printable ASCII");
      }
    }
    if (total > MOST_METADATA) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "metadata",
          "has " + total + " characters; allowed: at most " + MOST_METADATA);
    }
    return Map.copyOf(metadata);
  }

  /**
   * A copy of the tags.
   *
   * @throws Invalid when {@link ObjectStore#tag} does not allow them
   */
  public static Map<String, String> checkTags(Map<String, String> tags) {
    tags.forEach(
        (key, value) -> {
          var right = !key.isBlank() && key.length() <= 128 && !key.startsWith("aws:");
          if (!right || !TAG.matcher(key).matches() || !TAG.matcher(value).matches()) {
            throw new Invalid(
                ErrorCode.INVALID_INPUT,
                "tags",
                "'"
                    + printable(key)
                    + "' is not allowed; keys have 1 to 128, values up to 256 of A-Z a-z 0-9 + - = . _ : / @ and space");
          }
        });
    if (tags.size() > MOST_TAGS) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "tags",
          "are " + tags.size() + "; allowed: at most " + MOST_TAGS);
    }
    return Map.copyOf(tags);
  }

  private static boolean allowed(String text) {
    return text.length() <= LONGEST && CHARACTERS.matcher(text).matches();
  }

  private static boolean segmentsAllowed(String path) {
    for (var segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return true;
  }

  private static Invalid invalid(String what, String value, String lengths) {
    return new Invalid(
        ErrorCode.INVALID_INPUT,
        what,
        "'"
            + printable(value)
            + "' is not an object "
            + what
            + "; allowed: "
            + lengths
            + " of the characters A-Z a-z 0-9 . _ - = /, without empty, '.' or '..' segments");
  }

  private static String printable(String value) {
    var shortened = value.length() > 80 ? value.substring(0, 80) + "..." : value;
    return shortened.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
