package org.balsam.standard.workspace;

import java.text.Normalizer;
import java.util.Locale;
import org.balsam.kernel.PlainWords;
import org.balsam.kernel.Sha256;

/** Names in the letters that Kubernetes, paths and host names may have. */
final class PlainName {

  /** What a label or the name of a Service may have. */
  static final int LONGEST = 63;

  private static final int SUFFIX = 10;
  private static final int LONGEST_WORDS = 24;

  private PlainName() {}

  /**
   * A name that people gave: {@code lfs} stays so, {@code Åland} is {@code aland-} and the
   * beginning of its checksum, so that different names stay different in every script.
   */
  static String of(String name) {
    var words = String.join("-", PlainWords.of(name));
    if (words.equals(name) && words.length() <= LONGEST_WORDS && startsWithLetter(words)) {
      return words;
    }
    var composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    var stem = words.isEmpty() || !startsWithLetter(words) ? "n-" + words : words;
    return cut(stem, LONGEST_WORDS) + "-" + checksum(composed);
  }

  /** A name of the cluster; one that is too long or has other letters gets a checksum. */
  static String fit(String name) {
    var clean = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    if (clean.equals(name) && name.length() <= LONGEST) {
      return name;
    }
    return cut(clean, LONGEST - SUFFIX - 1) + "-" + checksum(name);
  }

  private static boolean startsWithLetter(String words) {
    return !words.isEmpty() && !Character.isDigit(words.charAt(0));
  }

  private static String cut(String text, int length) {
    return (text.length() > length ? text.substring(0, length) : text).replaceAll("-+$", "");
  }

  private static String checksum(String name) {
    return Sha256.of(name).value().substring(0, SUFFIX);
  }
}
