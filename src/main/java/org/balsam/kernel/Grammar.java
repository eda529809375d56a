package org.balsam.kernel;

import java.util.regex.Pattern;

/** The fragments of the one grammar for names ({@code docs/identifiers.md}); all anchored. */
final class Grammar {

  static final String SEG = "[a-z][a-z0-9]*";
  static final String P = SEG + "(?:-" + SEG + "){0,3}";
  static final String PER =
      "(?:19|20)\\d{2}(?:-(?:q[1-4]|0[1-9]|1[0-2]|s[12]|w(?:0[1-9]|[1-4]\\d|5[0-3])))?";
  static final String REV = "(?:0|[1-9]\\d?)";
  static final String NAME = "[a-z][a-z0-9_]{1,31}";
  static final String LAYER = "(?:raw|std|proc|out|rel)";
  static final String RESERVED =
      "raw|blob|tree|files|edit|new|refs|wikis|builds|commits|badges|blame|create|update|preview"
          + "|all|admin|api";

  private Grammar() {}

  static Pattern anchored(String pattern) {
    return Pattern.compile("^" + pattern + "\\z");
  }

  static String check(Pattern pattern, String what, String value, String allowed) {
    if (value.length() > 512 || !pattern.matcher(value).matches()) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          what,
          "'" + printable(value) + "' is not a " + what + "; allowed: " + allowed);
    }
    return value;
  }

  /** Keeps a hostile value from forging log lines or hiding in a terminal. */
  static String printable(String value) {
    var shortened = value.length() > 80 ? value.substring(0, 80) + "…" : value;
    return shortened.replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD");
  }
}
