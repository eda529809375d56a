package org.balsam.api;

import java.util.regex.Pattern;

/** Characters that nobody sees: NUL and other controls, text direction, halves of pairs. */
final class HiddenText {

  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}&&[^\\t\\r\\n]]");

  private HiddenText() {}

  static boolean isIn(String text) {
    return HIDDEN.matcher(text).find();
  }

  /** The text with each of them, and line ends, made visible; at most 200 characters. */
  static String shown(String text) {
    var shortened = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    return HIDDEN.matcher(shortened.replaceAll("[\\t\\r\\n]", " ")).replaceAll("\uFFFD");
  }
}
